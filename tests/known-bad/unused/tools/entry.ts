import { used } from './library/used.ts';

console.log(used);
