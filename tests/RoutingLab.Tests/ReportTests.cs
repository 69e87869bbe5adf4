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
            XElement svg = XElement.Parse(Plot.Standalone(plot, plots.Legend));
            Assert.Equal("http://www.w3.org/2000/svg", svg.Name.NamespaceName);
        }
    }

    [Theory]
    [InlineData("--scenario nonsense", "There are: speeds")]
    [InlineData("--contender nonsense", "There are: Adaptive")]
    [InlineData("--requests 0", "not a number of 1 or more")]
    [InlineData("--seed", "its value is missing")]
    [InlineData("--sede 1", "is not an argument")]
    public void What_makes_no_sense_is_said(string arguments, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => LabArguments.Parse(arguments.Split(' '))).Message);
}
