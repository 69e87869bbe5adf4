using RoutingLab;

if (args is ["--help" or "-h" or "-?" or "/?"])
{
    Console.WriteLine(LabArguments.Usage);
    return 0;
}

LabArguments arguments;
try
{
    arguments = LabArguments.Parse(args);
}
catch (FormatException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(LabArguments.Usage);
    return 2;
}

if (arguments.IsFleet)
{
    FleetTable.Write(arguments.Seed, Console.Out);
    return 0;
}

RunResult[][] results = Experiment.Run(arguments, Console.Error);
foreach (RunResult[] scenario in results) ConsoleTable.Write(scenario, Console.Out);
Verdicts.Write(results, Console.Out);

if (arguments.Report is { } report) File.WriteAllText(report, HtmlReport.Render(results, arguments));
if (arguments.Images is { } images)
{
    Directory.CreateDirectory(images);
    foreach (RunResult[] scenario in results)
    {
        var plots = new ScenarioPlots(scenario);
        string name = Path.Combine(images, "lab-" + scenario[0].Scenario.Name);
        File.WriteAllText(name + "-p99.svg", Plot.Standalone(plots.P99));
        File.WriteAllText(name + "-shares.svg", Plot.Standalone(plots.Shares));
    }
}

return 0;
