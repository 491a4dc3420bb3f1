// How many values a server's JSON holds, counted as its bytes come and before anybody makes anything of them: a short text can hold so many that
// to say what is wrong with each takes seconds and a gigabyte.

const [QUOTE, BACKSLASH, COMMA, OBJECT, LIST, LINE, RETURN] = new TextEncoder().encode('"\\,{[\n\r')

export class ValueCount {
  count = 0
  private isInText = false
  private isEscaped = false

  add(bytes: Uint8Array): void {
    for (const byte of bytes) {
      // No text goes on over the end of a line, in JSON or around it.
      if (byte === LINE || byte === RETURN) this.isInText = this.isEscaped = false
      else if (this.isEscaped) this.isEscaped = false
      else if (byte === QUOTE) this.isInText = !this.isInText
      else if (this.isInText) this.isEscaped = byte === BACKSLASH
      else if (byte === COMMA || byte === OBJECT || byte === LIST) this.count += 1
    }
  }
}
