using System.Globalization;
using System.Text.RegularExpressions;

namespace RouterGen.Gateway.Tests.Support;

/// <summary>Metrics as Prometheus reads them, with what its parser demands: https://prometheus.io/docs/instrumenting/exposition_formats/.</summary>
internal sealed partial class Exposition
{
    private readonly Dictionary<string, (string Type, string Help)> _families = [];
    private readonly Dictionary<string, double> _samples = [];

    public Exposition(string text)
    {
        Assert.EndsWith("\n", text);
        string family = "";
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line is "# EOF") continue;
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                string[] words = line.Split(' ', 4);
                Assert.True(words[3].Length > 3, line);
                Assert.True(_families.TryAdd(words[2], ("", words[3])), $"{words[2]} is there twice.");
                family = words[2];
                continue;
            }

            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                string[] words = line.Split(' ', 4);
                Assert.Equal(family, words[2]);
                Assert.Contains(words[3], (string[])["counter", "gauge", "histogram"]);
                _families[family] = (words[3], _families[family].Help);
                continue;
            }

            Match match = Line().Match(line);
            Assert.True(match.Success, line);
            Assert.StartsWith(family, match.Groups["name"].Value);
            string suffix = match.Groups["name"].Value[family.Length..];
            Assert.Contains(suffix, _families[family].Type switch { "histogram" => (string[])["_bucket", "_sum", "_count"], _ => ["", "_total"] });
            string key = line[..line.LastIndexOf(' ')];
            Assert.True(_samples.TryAdd(key, double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture)), $"{key} is there twice.");
        }

        CheckHistograms();
    }

    /// <summary>Gets the names of the families.</summary>
    public IEnumerable<string> Families => _families.Keys;

    /// <summary>Gets all samples.</summary>
    public IReadOnlyDictionary<string, double> Samples => _samples;

    /// <summary>Gets the names that a query can ask for.</summary>
    public HashSet<string> Names => [.. _samples.Keys.Select(static key => key.Split('{')[0]), .. _families.SelectMany(static family => family.Value.Type is "histogram" ? (string[])[family.Key + "_bucket", family.Key + "_sum", family.Key + "_count"] : [family.Key])];

    /// <summary>Returns the sum of all samples of a name whose labels have a text in them.</summary>
    public double Sum(string name, params string[] labels) =>
        _samples.Where(sample => (sample.Key == name || sample.Key.StartsWith(name + "{", StringComparison.Ordinal)) && labels.All(label => sample.Key.Contains(label, StringComparison.Ordinal))).Sum(static sample => sample.Value);

    private void CheckHistograms()
    {
        foreach (string family in _families.Where(static one => one.Value.Type is "histogram").Select(static one => one.Key))
        {
            foreach (IGrouping<string, KeyValuePair<string, double>> series in _samples.Where(sample => sample.Key.StartsWith(family + "_bucket{", StringComparison.Ordinal)).GroupBy(static sample => Bound().Replace(sample.Key, "")))
            {
                (double Bound, double Count)[] buckets = [.. series.Select(static sample => (BoundOf(sample.Key), sample.Value))];
                Assert.Equal(buckets.OrderBy(static bucket => bucket.Bound), buckets);
                Assert.Equal(buckets.OrderBy(static bucket => bucket.Count).Select(static bucket => bucket.Count), buckets.Select(static bucket => bucket.Count));
                Assert.True(double.IsPositiveInfinity(buckets[^1].Bound));
                Assert.Equal(buckets[^1].Count, _samples[series.Key.Replace("_bucket", "_count", StringComparison.Ordinal)]);
                Assert.True(_samples.ContainsKey(series.Key.Replace("_bucket", "_sum", StringComparison.Ordinal)));
            }
        }
    }

    private static double BoundOf(string key)
    {
        string bound = Bound().Match(key).Groups["bound"].Value;
        return bound is "+Inf" ? double.PositiveInfinity : double.Parse(bound, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("""^(?<name>[a-z_][a-z0-9_]*)(\{[a-z_]+="([^"\\]|\\.)*"(,[a-z_]+="([^"\\]|\\.)*")*\})? (?<value>[-+0-9.eEInfNa]+)$""")]
    private static partial Regex Line();

    [GeneratedRegex(""",?le="(?<bound>[^"]*)"|\{\}""")]
    private static partial Regex Bound();
}
