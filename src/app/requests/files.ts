// The browser's files. Their names change with their content, so they are kept for ever; that there is none of a name may
// change with the next deploy.

/** Answers 404, not to be kept, where there is no such file. */
export async function answerFile(request: Request, files: Fetcher): Promise<Response> {
  const answer = await files.fetch(request)
  if (answer.ok || answer.status === 304) return answer
  return new Response(answer.body, { status: answer.status, headers: { 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' } })
}
