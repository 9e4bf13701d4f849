// Nothing: Vite needs no configuration for the package.
export default {};
