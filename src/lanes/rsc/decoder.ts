// How Flight bytes become values again. React's decoder may be imported by the browser's entry file only, so that file
// hands it in; programs outside a browser hand in their own.

export type FlightDecoder = <T>(stream: ReadableStream<Uint8Array>) => PromiseLike<T>

let browserDecoder: FlightDecoder | null = null

export function setBrowserDecoder(decoder: FlightDecoder): void {
  browserDecoder = decoder
}

export function getBrowserDecoder(): FlightDecoder {
  if (!browserDecoder) throw new Error('the browser entry has not set a Flight decoder')
  return browserDecoder
}
