declare module '*/local-models.mjs' {
  interface Place {
    readonly name: string
    readonly url: string
  }
  export function placesFor(named?: string): readonly Place[]
  export function findLocalModels(places?: readonly Place[]): Promise<readonly (Place & { readonly models: readonly string[] })[]>
}
