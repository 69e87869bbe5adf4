using System.Globalization;
using System.Text;

namespace RouterGen.Gateway.Metrics;

/// <summary>
/// Writes metrics in Prometheus's text format (https://prometheus.io/docs/instrumenting/exposition_formats/), or in OpenMetrics
/// (https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md), where a counter's family has no <c>_total</c>, and the text has an end.
/// </summary>
/// <param name="isOpenMetrics">Which of the two.</param>
internal sealed class MetricsText(bool isOpenMetrics)
{
    private readonly StringBuilder _text = new(16 * 1024);

    /// <summary>Writes a counter.</summary>
    /// <param name="name">Its name, without <c>_total</c>.</param>
    /// <param name="help">What it counts.</param>
    /// <param name="labels">The names of its labels.</param>
    /// <param name="series">Its series.</param>
    /// <param name="value">Returns the value of one.</param>
    public void Counter<TSeries>(string name, string help, string[] labels, KeyValuePair<LabelValues, TSeries>[] series, Func<TSeries, double> value)
    {
        Begin(isOpenMetrics ? name : name + "_total", "counter", help);
        foreach ((LabelValues values, TSeries one) in series) Sample(name + "_total", labels, values, value(one));
    }

    /// <summary>Writes a counter without labels.</summary>
    public void Counter(string name, string help, double value) => Counter(name, help, [], Single, _ => value);

    /// <summary>Writes a gauge.</summary>
    public void Gauge<TSeries>(string name, string help, string[] labels, KeyValuePair<LabelValues, TSeries>[] series, Func<TSeries, double> value)
    {
        Begin(name, "gauge", help);
        foreach ((LabelValues values, TSeries one) in series) Sample(name, labels, values, value(one));
    }

    /// <summary>Writes a gauge without labels.</summary>
    public void Gauge(string name, string help, double value) => Gauge(name, help, [], Single, _ => value);

    /// <summary>Writes a histogram of durations. Series that have none yet are left out.</summary>
    public void Histogram<TSeries>(string name, string help, string[] labels, KeyValuePair<LabelValues, TSeries>[] series, Func<TSeries, Histogram> value)
    {
        Begin(name, "histogram", help);
        foreach ((LabelValues values, TSeries one) in series)
        {
            Histogram histogram = value(one);
            double sum = histogram.Sum;
            long[] counts = histogram.Cumulative();
            if (counts[^1] == 0) continue;
            for (int bucket = 0; bucket < counts.Length; bucket++) Sample(name + "_bucket", labels, values, counts[bucket], bucket < counts.Length - 1 ? Number(Metrics.Histogram.Bounds[bucket]) : "+Inf");
            Sample(name + "_sum", labels, values, sum);
            Sample(name + "_count", labels, values, counts[^1]);
        }
    }

    /// <summary>Ends the text, and returns it.</summary>
    public byte[] End()
    {
        if (isOpenMetrics) _text.Append("# EOF\n");
        return Encoding.UTF8.GetBytes(_text.ToString());
    }

    private static readonly KeyValuePair<LabelValues, object?>[] Single = [new(default, null)];

    private static string Number(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E', 'N') < 0 ? text + ".0" : text;
    }

    private void Begin(string name, string type, string help) => _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private void Sample(string name, string[] labels, in LabelValues values, double value, string? bound = null)
    {
        _text.Append(name);
        if (labels.Length > 0 || bound is not null)
        {
            _text.Append('{');
            for (int place = 0; place < labels.Length; place++)
            {
                if (place > 0) _text.Append(',');
                _text.Append(labels[place]).Append("=\"");
                Escape(values[place]);
                _text.Append('"');
            }

            if (bound is not null) _text.Append(labels.Length > 0 ? "," : "").Append("le=\"").Append(bound).Append('"');
            _text.Append('}');
        }

        _text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private void Escape(string value)
    {
        foreach (char letter in value)
        {
            _ = letter switch
            {
                '\\' => _text.Append("\\\\"),
                '"' => _text.Append("\\\""),
                '\n' => _text.Append("\\n"),
                _ => _text.Append(letter),
            };
        }
    }
}
