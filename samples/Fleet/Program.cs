using FleetSample;

bool usesRedis = args is ["--redis"];
if (args.Length > 0 && !usesRedis)
{
    Console.Error.WriteLine("Usage: Fleet [--redis]");
    return 2;
}

if (usesRedis && !LocalRedis.IsThere)
{
    Console.Error.WriteLine("There is no Redis on this machine: install it (Debian: apt install redis-server).");
    return 1;
}

if (await LocalPostgres.StartAsync() is not { } postgres)
{
    Console.Error.WriteLine("There is no PostgreSQL on this machine: install it (Debian: apt install postgresql), or set ROUTERGEN_POSTGRES to the folder of its programs.");
    return 1;
}

using (postgres)
using (LocalRedis? redis = usesRedis ? await LocalRedis.StartAsync() : null) return await Run.AllAsync(postgres, redis) ? 0 : 1;
