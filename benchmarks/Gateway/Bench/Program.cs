using System.Diagnostics;
using System.Globalization;
using RouterGen.Benchmarks.Gateway;

// What a gateway costs, beside others under the same load on the same machine, all in one run: see run.sh, which publishes them first.
if (args is [Upstream.Argument])
{
    await Upstream.RunAsync();
    return 0;
}

if (Settings.Read(args) is not { } settings)
{
    Console.Error.WriteLine(Settings.Usage);
    return 2;
}

using var upstream = UpstreamProcess.Start();
string models = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"gateway-bench-{Environment.ProcessId}.json"));
File.WriteAllText(models, """{ "groups": { "chat": { "deployments": ["openai/gpt-6-luna"] }, "claude": { "deployments": ["anthropic/claude-haiku-5-5"] } } }""");
List<Contender> contenders = [];
try
{
    foreach (Field field in Field.All)
    {
        if (field.ProgramOf(settings) is { } program) contenders.Add(await field.StartAsync(program, upstream.Address, models));
    }

    Console.WriteLine($"Start to first answer: {string.Join(", ", contenders.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} {one.Start.TotalMilliseconds:F0} ms")))}");
    foreach (Work work in Work.All.Where(settings.Includes))
    {
        Contender[] able = [.. contenders.Where(one => Field.Of(one.Name).Serves(work))];
        foreach (int connections in settings.Connections) new Table(work, connections, able, await Measurement.RunAsync(work, connections, able, settings)).Print(Console.Out);
    }

    Console.WriteLine();
    Console.WriteLine($"Memory at the end: {string.Join(", ", contenders.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} {one.Memory / 1e6:F0} MB")))}");
    if (settings.Idle > 0) await IdleConnections.PrintAsync(Console.Out, contenders, settings.Idle);
    return 0;
}
finally
{
    foreach (Contender contender in contenders) contender.Dispose();
    File.Delete(models);
}
