import config from "./jest.config.js";

/** Makes CommonJS of this package, and of the suite, which is an ES module too. */
const plugins = [
  "@babel/plugin-transform-modules-commonjs",
  "@babel/plugin-transform-dynamic-import",
];

export default {
  ...config,
  transform: { "/(tc3-edge/.+|suite.*)\\.js$": ["babel-jest", { plugins }] },
  transformIgnorePatterns: ["/node_modules/(?!tc3-edge/)"],
};
