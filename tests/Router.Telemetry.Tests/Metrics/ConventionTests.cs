using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using RouterGen.Runtime.Tests;

namespace RouterGen.Telemetry.Tests;

/// <summary>
/// The names, units, boundaries and requirement levels are those of the conventions' published model files. <c>conventions.tsv</c> has what they say, one name a line;
/// its head says from which files, and when.
/// </summary>
public sealed class ConventionTests
{
    private static readonly string[][] Rows = [.. File.ReadLines(Path.Combine(Path.GetDirectoryName(Here())!, "conventions.tsv")).Where(static line => line.Length > 0 && line[0] != '#').Select(static line => line.Split('\t'))];

    [Fact]
    public void Each_name_that_is_written_is_one_of_the_conventions()
    {
        HashSet<string> known = [.. Of("attribute").Select(static row => row[1])];
        string[] written = [.. typeof(GenAI).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetRawConstantValue()!).Where(static name => !name.StartsWith("routergen.", StringComparison.Ordinal))];
        Assert.Empty(written.Except(known));
    }

    [Theory]
    [InlineData("span")]
    [InlineData("metric")]
    public void Each_required_attribute_is_written(string signal)
    {
        HashSet<string> written = [.. typeof(GenAI).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetRawConstantValue()!)];
        Assert.All(Of("attribute").Where(row => row[2].Split(',').Contains(signal) && row[3] is "required" or "conditionally_required"), row => Assert.Contains(row[1], written));
    }

    [Fact]
    public void Instruments_have_the_units_and_boundaries_of_the_conventions()
    {
        var published = new Dictionary<string, Instrument>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => { if (instrument.Meter.Name == RouterTelemetry.SourceName) published.Add(instrument.Name, instrument); } };
        _ = RouterTelemetry.IsListenedTo;
        listener.Start();

        Assert.All(Of("metric"), row =>
        {
            Instrument instrument = published[row[1]];
            Assert.Equal(row[2], instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal) ? "histogram" : "counter");
            Assert.Equal(row[3], instrument.Unit);
            object advice = instrument.GetType().GetProperty("Advice")!.GetValue(instrument)!;
            var boundaries = (System.Collections.IEnumerable)advice.GetType().GetProperty("HistogramBucketBoundaries")!.GetValue(advice)!;
            Assert.Equal(row[4], string.Join(",", boundaries.Cast<IFormattable>().Select(static boundary => boundary.ToString(null, System.Globalization.CultureInfo.InvariantCulture))));
        });
        Assert.Empty(published.Keys.Where(static name => name.StartsWith("gen_ai.", StringComparison.Ordinal)).Except(Of("metric").Select(static row => row[1])));
    }

    [Fact]
    public void Providers_are_called_as_the_conventions_call_them()
    {
        HashSet<string> known = [.. Of("provider").Select(static row => row[1])];
        string providers = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../src/Router.Declarations/Catalog/Providers"));
        string[] named = [.. Directory.GetFiles(providers, "*.json").SelectMany(File.ReadLines).Where(static line => line.Contains("\"telemetryName\"", StringComparison.Ordinal)).Select(static line => line.Split('"')[3])];
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(known));

        // Each name of the conventions is used: by a file that states it, or by a provider of that name. One names any endpoint of Google's.
        HashSet<string> own = [.. Directory.GetFiles(providers, "*.json").Select(static file => Path.GetFileNameWithoutExtension(file)!)];
        Assert.Equal(["gcp.gen_ai"], known.Except(named).Except(own));
    }

    private static IEnumerable<string[]> Of(string kind) => Rows.Where(row => row[0] == kind);

    private static string Here([CallerFilePath] string path = "") => path;
}
