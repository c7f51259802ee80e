export { crc32 } from '../../math/crc32';
