import { createHash } from "node:crypto";
import { LIMITS } from "./shared-limits.ts";

export interface Script {
  lua: string;
  sha: string;
}
const script = (lua: string): Script => ({ lua, sha: createHash("sha1").update(lua).digest("hex") });

/** KEYS: the lease ("" stands for none), then the rows. ARGV: the token, then value and ms of each row; 0 ms is over. */
export const PUT = script(`
if ARGV[1] ~= '' and redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
for i = 2, #KEYS do
  local value, ms = ARGV[2 * i - 2], ARGV[2 * i - 1]
  if ms == '0' then redis.call('UNLINK', KEYS[i]) else redis.call('SET', KEYS[i], value, 'PX', ms) end
end
return 1`);

/**
 * KEYS: the lease, the last token. ARGV: ms. Tokens are counted from the server's time in microseconds, so that they
 * grow also where the server has lost the last one. Text, because Lua would round.
 */
export const LEASE = script(`
if redis.call('EXISTS', KEYS[1]) == 1 then return false end
local time = redis.call('TIME')
local token = math.max(time[1] * 1000000 + time[2], (tonumber(redis.call('GET', KEYS[2])) or 0) + 1)
local text = string.format('%.0f', token)
redis.call('SET', KEYS[2], text)
redis.call('SET', KEYS[1], text, 'PX', ARGV[1])
return text`);

/** KEYS: the lease. ARGV: token, ms. */
export const RENEW = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`);

/** KEYS: the lease. ARGV: token. */
export const RELEASE = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`);

/**
 * KEYS: the stream. ARGV: chunk, ms. The id of an entry is "chunks-bytes" so far: it tells when the stream is full,
 * and a reader that nothing is missing before it. Its field is the time the stream began at: who reads two streams
 * of one name, one after the other, sees that they are two.
 */
export const APPEND = script(`
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
local chunks, bytes, began = 0, 0
if last then
  chunks, bytes = string.match(last[1], '(%d+)-(%d+)')
  began = last[2][1]
else
  began = table.concat(redis.call('TIME'), '-')
end
chunks, bytes = chunks + 1, bytes + #ARGV[1]
if chunks > ${LIMITS.streamChunks} or bytes > ${LIMITS.streamBytes} then return 0 end
redis.call('XADD', KEYS[1], chunks .. '-' .. bytes, began, ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`);
