using System.Globalization;

namespace RouterGen.Tool.Top;

/// <summary>Reads the events of <c>System.Diagnostics.Metrics</c>.</summary>
internal static class MetricEvents
{
    /// <summary>Reads an event.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="payload">Gives a value of it by name.</param>
    /// <returns>What it says; null where that is nothing of interest.</returns>
    public static MetricEvent? Read(string name, Func<string, object?> payload)
    {
        switch (name)
        {
            // The reader of traces takes "Stop" for the end of something that began.
            case "CollectionStop" or "Collection/Stop": return new(MetricKind.IntervalEnd, "");
            case "InitialInstrumentEnumerationComplete": return new(MetricKind.Announcement, "");
            case "MultipleSessionsNotSupportedError" or "MultipleSessionsConfiguredIncorrectlyError": return new(MetricKind.Fault, "another program watches the process already, with another interval: end it, or state its --interval");
            case "Error": return new(MetricKind.Fault, "the process cannot report: " + payload("errorMessage"));
        }

        if (payload("meterName") as string != TopMetrics.Meter || payload("instrumentName") is not string instrument) return null;
        return name switch
        {
            "BeginInstrumentReporting" or "InstrumentPublished" => new(MetricKind.Announcement, instrument),
            "CounterRateValuePublished" => new(MetricKind.Rate, instrument) { Tags = Tags(payload), Number = Number(payload("rate")) },
            "UpDownCounterRateValuePublished" => new(MetricKind.Value, instrument) { Tags = Tags(payload), Number = Number(payload("value")) },
            "GaugeValuePublished" => new(MetricKind.Value, instrument) { Tags = Tags(payload), Number = Number(payload("lastValue")) },
            "HistogramValuePublished" => new(MetricKind.Distribution, instrument)
            {
                Tags = Tags(payload),
                Quantiles = MetricEvent.ParseQuantiles(payload("quantiles") as string ?? ""),
                Count = (long)Number(payload("count")),
                Sum = Number(payload("sum")),
            },
            _ => null,
        };
    }

    private static Dictionary<string, string> Tags(Func<string, object?> payload) => MetricEvent.ParseTags(payload("tags") as string ?? "");

    // Rates are written as texts, empty in the first interval.
    private static double Number(object? value) => value switch
    {
        double number => number,
        int count => count,
        long count => count,
        string text when double.TryParse(text, CultureInfo.InvariantCulture, out double number) => number,
        _ => 0,
    };
}
