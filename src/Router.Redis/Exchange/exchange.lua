-- One exchange of an instance with its fleet: takes a report, and returns {answer, whether others should know}. Runs on Lua 5.1 and 5.4: Redis, Valkey, Dragonfly, Garnet.
-- ARGV: the report as StoreText writes it. KEYS: instances, instance, reply, cooldowns, controls, order of controls; then one for each limit and each amount of the report, in its order.
-- Times are microseconds since 2025 by the server's clock, as doubles. Each key ends by itself.
local report = cjson.decode(ARGV[1])
local call, format, floor, max, min = redis.call, string.format, math.floor, math.max, math.min

local YEAR_2025 = 1735689600 -- seconds since 1970
local MINUTE = 60000000
local LONGEST_DEBT = 60 * MINUTE
local REMEMBERED = 86400000       -- for so long a report is known that comes again; milliseconds
local CONTROLS_KEPT = 2592000000  -- for so long what people changed is known while no instance runs; milliseconds
local LATE = 64                   -- A number that is further back is of a program that got an id of an earlier one.
local MOST = 9223372036854774784  -- the largest double that is a whole number of 64 bits

local clock = call('TIME')
local seconds = tonumber(clock[1])
local now = (seconds - YEAR_2025) * 1000000.0 + tonumber(clock[2])
local life = report.l * 1000.0
local ends = now + life
local ended = report.x == true
local own = 'i' .. report.i

-- Of a text, and a double on Lua 5.4 too, whose whole numbers would overflow.
local function number(text) return tonumber(text or '0') + 0.0 end
local function whole(number) return format('%.0f', number) end
local function exact(number) return format('%.17g', number) end
local function milliseconds(span) return format('%.0f', math.ceil(max(span, 0) / 1000)) end
local function expire(key, span) call('PEXPIRE', key, format('%.0f', max(1, math.ceil(span / 1000)))) end

-- The instances that have reported lately. The first write must be one that a server without memory refuses: it judges a script by that, and so all of it is done or nothing.
call('ZADD', KEYS[1], exact(ends), report.i)
call('ZREMRANGEBYSCORE', KEYS[1], '-inf', exact(now))
call('PEXPIRE', KEYS[1], whole(REMEMBERED))

-- Cooldowns come next, and of a report that comes again too: the longest holds, however often it is told.
local news = 0
for _, one in ipairs(report.c) do
  local over = now + one[2] * 1000.0
  local known = call('HGET', KEYS[4], one[1])
  if not known or number(string.match(known, '^%S+')) < over then
    local status = type(one[4]) == 'number' and whole(one[4]) or 'null'
    call('HSET', KEYS[4], one[1], exact(over) .. ' ' .. cjson.encode(one[3]) .. ',' .. status)
    news = 1
  end
end

local cooldowns, last = {}, now
local all = call('HGETALL', KEYS[4])
for i = 1, #all, 2 do
  local stated, rest = string.match(all[i + 1], '^(%S+) (.*)$')
  local over = number(stated)
  if over <= now then
    call('HDEL', KEYS[4], all[i])
  else
    cooldowns[#cooldowns + 1] = '[' .. cjson.encode(all[i]) .. ',' .. milliseconds(over - now) .. ',' .. rest .. ']'
    last = max(last, over)
  end
end
if news == 1 then expire(KEYS[4], last - now) end

-- A report counts once. One that comes again is answered the same while the answer holds, and anew when it does not.
local reply = call('HMGET', KEYS[3], 's', 'u', 'r', 'a')
local sequence = number(reply[1] or '-1')
local counts = report.s > sequence or report.s < sequence - LATE
local again = report.s == sequence and number(reply[2]) > now

-- What people changed. Numbers of changes follow the clock, so that they grow even where a server has lost its data.
if counts and #report.o > 0 then
  local newest = call('ZREVRANGE', KEYS[6], '0', '0', 'WITHSCORES')
  local version = max(floor(now), number(newest[2]))
  for _, one in ipairs(report.o) do
    local weight, state = '', ''
    local known = call('HGET', KEYS[5], one[1])
    if known then weight, state = string.match(known, '^([^|]*)|(.*)$') end
    if type(one[3]) == 'number' then weight = exact(one[3]) end
    if type(one[2]) == 'string' then state = one[2] end
    version = version + 1
    call('HSET', KEYS[5], one[1], weight .. '|' .. state)
    call('ZADD', KEYS[6], whole(version), one[1])
  end
  news = 1
end

local controls, seen = {}, report.v
local changed = call('ZRANGEBYSCORE', KEYS[6], '(' .. whole(seen), '+inf', 'WITHSCORES')
for i = 1, #changed, 2 do
  local weight, state = string.match(call('HGET', KEYS[5], changed[i]) or '|', '^([^|]*)|(.*)$')
  controls[#controls + 1] = '[' .. cjson.encode(changed[i]) .. ',' .. (state == '' and 'null' or cjson.encode(state)) .. ',' .. (weight == '' and 'null' or weight) .. ']'
  seen = number(changed[i + 1])
end
if call('PEXPIRE', KEYS[6], whole(CONTROLS_KEPT)) == 1 then call('PEXPIRE', KEYS[5], whole(CONTROLS_KEPT)) end

-- A scope: v is its value; a field for each instance with a part of it is 'over held'; n is how many these are, h what they hold, e before when none is over, x when all are and the value counts no more.
local function load(key)
  local fields = call('HMGET', key, own, 'v', 'n', 'h', 'e', 'x')
  local scope = { key = key, value = fields[2], others = number(fields[3]), held = number(fields[4]), earliest = number(fields[5]), latest = number(fields[6]) }
  scope.mine = fields[1] and true or false
  local mine = scope.mine and number(string.match(fields[1], ' (.*)$')) or 0
  if scope.others > 0 and scope.earliest <= now then
    scope.mine, scope.others, scope.held, scope.earliest = false, 0, 0, MOST
    local parts = call('HGETALL', key)
    for i = 1, #parts, 2 do
      if string.sub(parts[i], 1, 1) == 'i' then
        local stated, held = string.match(parts[i + 1], '^(%S+) (.*)$')
        local over = number(stated)
        if over <= now then
          call('HDEL', key, parts[i])
        else
          scope.others, scope.held, scope.earliest = scope.others + 1, scope.held + number(held), min(scope.earliest, over)
          if parts[i] == own then scope.mine = true end
        end
      end
    end
  end
  if scope.mine then scope.others, scope.held = scope.others - 1, scope.held - mine end
  return scope
end

local function save(scope, value, held, shares, kept)
  local latest = max(scope.latest, ends, now + kept)
  if shares and not ended then
    local earliest = (scope.others > 0 or scope.mine) and min(scope.earliest, ends) or ends
    call('HSET', scope.key, own, exact(ends) .. ' ' .. whole(held), 'v', value, 'n', whole(scope.others + 1), 'h', whole(scope.held + held), 'e', exact(earliest), 'x', exact(latest))
  else
    if scope.mine then call('HDEL', scope.key, own) end
    call('HSET', scope.key, 'v', value, 'n', whole(scope.others), 'h', whole(scope.held), 'e', exact(scope.earliest), 'x', exact(latest))
  end
  expire(scope.key, latest - now)
end

-- A limit a minute, by the generic cell rate algorithm: its value is when a minute's worth is there again, less a minute.
local function take(key, wish)
  local per_minute, debt, returned, wanted, least = wish[2], wish[3], wish[4], wish[5], wish[6]
  if not counts then debt, returned = 0, 0 end
  local unit = MINUTE / per_minute
  local function cost(units) return min(units * unit, LONGEST_DEBT) end

  local scope = load(key)
  local arrival = min(max(number(scope.value) - cost(returned), now) + cost(debt), now + LONGEST_DEBT)
  local room = max(0, floor((now + MINUTE - arrival) / unit + 0.000001))
  local fair = max(floor(room / (scope.others + 1)), min(least, room))
  local granted = least > per_minute and room >= per_minute and least or min(max(wanted, 0), fair)
  arrival = arrival + cost(granted)
  save(scope, exact(arrival), granted, wanted >= 0, arrival - now)
  local opens = least > per_minute and arrival or arrival + cost(least) - MINUTE
  local wait = granted >= least and 0 or opens - now
  return format('[%.0f,%.6f,%s,%.0f]', granted, min(max((now + MINUTE - arrival) / MINUTE, 0), 1), milliseconds(wait), scope.others + 1)
end

-- The first day of a month, in days since 1970 (the calendar begins with March here, so that a leap day ends a year).
local function first_of(year, month)
  if month > 12 then year, month = year + 1, month - 12 end
  if month < 3 then year, month = year - 1, month + 12 end
  return 365 * year + floor(year / 4) - floor(year / 100) + floor(year / 400) + floor((153 * (month - 3) + 2) / 5) - 719468
end

local function period_of(name)
  local length = ({ minute = 60, hour = 3600, day = 86400 })[name]
  if length then
    local start = seconds - seconds % length
    return start, start + length
  end
  local day = floor(seconds / 86400)
  local year = 1970 + floor(day / 365.2425)
  if first_of(year, 1) > day then year = year - 1 end
  if first_of(year + 1, 1) <= day then year = year + 1 end
  local month = 1
  while first_of(year, month + 1) <= day do month = month + 1 end
  return first_of(year, month) * 86400, first_of(year, month + 1) * 86400
end

-- An amount: its value is 'start spent', of the period that began then.
local function hold(key, wish)
  local cap, period, spent, used, wanted, least = wish[2], wish[3], counts and wish[4] or 0, wish[5], wish[6], wish[7]
  local scope = load(key)
  local start, left = 0, 0
  if type(period) == 'string' then
    local finish
    start, finish = period_of(period)
    left = (finish - YEAR_2025) * 1000000.0 - now
  end
  local since, before = string.match(scope.value or '0 0', '^(%S+) (.*)$')
  if number(since) == start then spent = spent + number(before) end
  spent = min(spent, MOST)
  local spare = max(0, cap - spent - scope.held - used)
  local part = math.ceil(spare / (scope.others + 1))
  local held = used + max(0, min(wanted - used, max(part, min(least - used, spare))))
  save(scope, whole(start) .. ' ' .. whole(spent), held, wanted > 0, left)
  return format('["%.0f","%.0f",%s,%.0f]', min(held, MOST), spent, milliseconds(left), scope.others + 1)
end

local rates, amounts = reply[3], reply[4]
if not again then
  local parts, index = {}, 6
  for i, wish in ipairs(report.r) do parts[i] = take(KEYS[index + i], wish) end
  rates, parts, index = table.concat(parts, ','), {}, index + #report.r
  for i, wish in ipairs(report.a) do parts[i] = hold(KEYS[index + i], wish) end
  amounts = table.concat(parts, ',')
  if counts or report.s == sequence then
    call('HSET', KEYS[3], 's', whole(report.s), 'u', exact(ends), 'r', rates, 'a', amounts)
    call('PEXPIRE', KEYS[3], whole(REMEMBERED))
  end
end

-- What the instance says of itself is there for as long as the answer holds.
if ended then
  call('ZREM', KEYS[1], report.i)
  call('DEL', KEYS[2])
elseif not again then
  call('SET', KEYS[2], exact(now) .. ' ' .. (report.m or ''), 'PX', format('%.0f', max(1, report.l)))
end

local instances = max(1, call('ZCARD', KEYS[1]))
return { format('{"n":%.0f,"v":%.0f,"r":[%s],"a":[%s],"c":[%s],"o":[%s]}', instances, seen, rates, amounts, table.concat(cooldowns, ','), table.concat(controls, ',')), news }
