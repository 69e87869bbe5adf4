using System.Xml.Linq;

namespace RoutingLab.Tests;

public class ReportTests
{
    [Fact]
    public void The_report_needs_nothing_but_itself()
    {
        LabArguments arguments = LabArguments.Parse(["--scenario", "storm-429", "--scenario", "queue", "--requests", "400"]);
        string html = HtmlReport.Render(Experiment.Run(arguments, TextWriter.Null), arguments);
        Assert.DoesNotContain("http", html);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("NaN", html);
        Assert.Equal(6, html.Split("<svg").Length - 1);
    }

    [Fact]
    public void A_plot_is_a_file_of_its_own()
    {
        LabArguments arguments = LabArguments.Parse(["--scenario", "outage", "--requests", "400"]);
        var plots = new ScenarioPlots(Experiment.Run(arguments, TextWriter.Null)[0]);
        foreach (string plot in (string[])[plots.P99, plots.Success, plots.Shares])
        {
            XElement svg = XElement.Parse(Plot.Standalone(plot));
            Assert.Equal("http://www.w3.org/2000/svg", svg.Name.NamespaceName);
        }
    }

    [Fact]
    public void A_plot_shows_the_first_contender_the_clairvoyant_and_the_best_three_others()
    {
        LabArguments arguments = LabArguments.Parse(["--scenario", "speeds", "--requests", "400"]);
        RunResult[] results = Experiment.Run(arguments, TextWriter.Null)[0];
        XElement svg = XElement.Parse(new ScenarioPlots(results).P99);
        Assert.Equal(5, svg.Elements("g").Count(static panel => panel.Attribute("transform")!.Value != "" && panel.Element("polyline") is not null));
        string[] best = [.. Verdicts.Ranked(results.Skip(1)).Take(3).Select(static result => result.Contender.Name)];
        Assert.All([.. best, "Adaptive", Contender.Clairvoyant], name => Assert.Contains(svg.Descendants("text"), text => text.Value == name));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_is_the_usage_and_no_error(string argument)
    {
        TextWriter console = Console.Out;
        var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            Assert.Equal(0, typeof(LabArguments).Assembly.EntryPoint!.Invoke(null, [new[] { argument }]));
        }
        finally
        {
            Console.SetOut(console);
        }

        Assert.StartsWith(LabArguments.Usage, output.ToString());
        Assert.Contains("--scenario", LabArguments.Usage);
    }

    [Fact]
    public void The_clairvoyant_is_nearly_everywhere_ahead()
    {
        LabArguments arguments = LabArguments.Parse(["--requests", "1500", "--contender", "Adaptive", "--contender", "clairvoyant", "--contender", "random"]);
        foreach (RunResult[] scenario in Experiment.Run(arguments, TextWriter.Null))
        {
            if (scenario[0].Scenario.Name is "queue") continue; // Whoever takes the fastest first has no plan for a rush.
            RunResult clairvoyant = scenario[1];
            Assert.True(clairvoyant.Success >= scenario.Max(static result => result.Success) - 0.001, scenario[0].Scenario.Name);
            Assert.True(clairvoyant.Mean <= scenario.Min(static result => result.Mean) * 1.05, scenario[0].Scenario.Name);
        }
    }

    [Theory]
    [InlineData("--scenario nonsense", "There are: speeds")]
    [InlineData("--contender nonsense", "There are: Adaptive")]
    [InlineData("--requests 0", "not a number of 1 or more")]
    [InlineData("--seed", "its value is missing")]
    [InlineData("--sede 1", "is not an argument")]
    [InlineData("--nonsense", "is not an argument")]
    [InlineData("--seed 1 nonsense", "is not an argument")]
    public void What_makes_no_sense_is_said(string arguments, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => LabArguments.Parse(arguments.Split(' '))).Message);
}
