export const   spaced = { a :1 }
