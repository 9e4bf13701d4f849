/** The embind class `Door` of `wasm/bindings.cc`, as TypeScript sees it. Placeholder operations. */
export interface Door {
  reserve(size: number): number;
  count(length: number): number;
  delete(): void;
}
