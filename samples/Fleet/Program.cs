using FleetSample;

if (await LocalPostgres.StartAsync() is not { } postgres)
{
    Console.Error.WriteLine("There is no PostgreSQL on this machine: install it (Debian: apt install postgresql), or set ROUTERGEN_POSTGRES to the folder of its programs.");
    return 1;
}

using (postgres) return await Run.AllAsync(postgres) ? 0 : 1;
