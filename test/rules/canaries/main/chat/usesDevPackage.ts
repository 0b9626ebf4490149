// A dev package in the product.
import 'eslint'
// canary: deps shipped-code-takes-declared-packages
