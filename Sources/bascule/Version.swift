/// The version of Bascule; also in every evidence and result.
let basculeVersion = "0.1.0"
