// What GitHub adds to CommonMark, construct by construct: a text, and what stands in the HTML that it becomes.

export const GFM: readonly (readonly [text: string, html: string])[] = [
  // Tables
  ['| a | b |\n| --- | --- |\n| 1 | 2 |', '<thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody>'],
  ['| a | b |\n| :-: | --: |\n1 | 2', '<td data-align="center">1</td><td data-align="right">2</td>'],
  ['| a\\|b |\n| --- |\n| `c\\|d` **e\\|f** |', '<th scope="col">a|b</th></tr></thead><tbody><tr><td><code>c|d</code> <strong>e|f</strong></td>'],
  ['| a | b |\n| --- | --- |\n| 1 | 2 |\n> q', '</table></div><blockquote'],
  ['| a | b |\n| --- | --- |\n| 1 | 2 |\n3\n\n4', '<td>3</td><td></td></tr></tbody></table></div><p>4</p>'],
  ['| a | b |\n| --- |\n| 1 |', '<p>| a | b |<br/>| --- |<br/>| 1 |</p>'],
  ['| a | b |\n| --- | --- |\n| 1 |\n| 1 | 2 | 3 |', '<tr><td>1</td><td></td></tr><tr><td>1</td><td>2 | 3</td></tr>'],
  ['|a|b|\n|-|-|\n|`a|b`|or|', '<td>`a</td><td>b` | or</td>'],
  ['|a|b|\n|-|-|\n|1|2|3\\|4|**5**|', '<td>2 | 3|4 | <strong>5</strong></td>'],
  ['|a|b|\n|-|-|\n|1|2| | |', '<td>1</td><td>2</td></tr>'],
  ['- |a|\n  |-|\n  |1|2|', '<td>1 | 2</td>'],
  ['| a | b |\n| --- | --- |', '<thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead></table>'],
  // Boxes to tick
  [
    '- [ ] a\n- [x] b',
    '<li><input type="checkbox" disabled="" aria-label="To do"/>a</li><li><input type="checkbox" disabled="" aria-label="Done" checked=""/>b</li>',
  ],
  ['- [x] a\n  - [ ] b', 'aria-label="Done" checked=""/>a<ul dir="auto"><li><input'],
  // Struck words
  ['~~a~~ b', '<del>a</del> b'],
  ['a ~~b\n\nc~~ d', '<p>a ~~b</p><p>c~~ d</p>'],
  ['~one~ ~20~', '<p>~one~ ~20~</p>'],
  // Bare addresses
  ['www.example.org', '<a href="http://www.example.org/"'],
  ['go to www.example.org/a?b now', '<a href="http://www.example.org/a?b"'],
  ['www.example.org. And', '>www.example.org</a>. And'],
  ['(www.example.org/a(b))', '>www.example.org/a(b)</a>)'],
  ['www.example.org/?a=b&amp;', '>www.example.org/?a=b'],
  ['www.example.org/a<b', '>www.example.org/a</a>&lt;b'],
  ['http://example.org and https://example.org/(a)', '<a href="http://example.org/"'],
  ['ftp://example.org/a', '<p>ftp://example.org/a</p>'],
  ['a@b.example', '<a href="mailto:a@b.example"'],
  ['a.b-c_d@e.example.', '>a.b-c_d@e.example</a>.'],
  ['mailto:a@b.example', '<a href="mailto:a@b.example"'],
  // HTML that is forbidden
  ['<title> <style> <em>a</em> <script>', '&lt;title&gt; &lt;style&gt; &lt;em&gt;a&lt;/em&gt; &lt;script&gt;'],
]
