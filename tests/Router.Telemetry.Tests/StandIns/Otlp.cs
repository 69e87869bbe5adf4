namespace RouterGen.Telemetry.Tests;

/// <summary>What is in a request of OTLP: https://github.com/open-telemetry/opentelemetry-proto.</summary>
internal static class Otlp
{
    public static IReadOnlyList<SentSpan> SpansOf(Arrival arrival) =>
    [
        .. from resource in new Protobuf(arrival.Body).Messages(1)
           from scope in resource.Messages(2)
           from span in scope.Messages(2)
           select new SentSpan(
               scope.Message(1)!.Text(1), span.Text(5), span.Hex(1), span.Hex(2), span.Hex(4), (int)span.Number(6), AttributesOf(span, 9), AttributesOf(resource.Message(1)!, 1), (int)(span.Message(15)?.Number(3) ?? 0), span.Number(7)),
    ];

    public static IReadOnlyList<(string Name, string Unit, IReadOnlyDictionary<string, object?> Resource)> MetricsOf(Arrival arrival) =>
    [
        .. from resource in new Protobuf(arrival.Body).Messages(1)
           from scope in resource.Messages(2)
           from metric in scope.Messages(2)
           select (metric.Text(1), metric.Text(3), AttributesOf(resource.Message(1)!, 1)),
    ];

    private static IReadOnlyDictionary<string, object?> AttributesOf(Protobuf message, int number) =>
        message.Messages(number).ToDictionary(static attribute => attribute.Text(1), static attribute => ValueOf(attribute.Message(2)!));

    private static object? ValueOf(Protobuf value) =>
        value.Has(1) ? value.Text(1)
        : value.Has(2) ? value.Number(2) != 0
        : value.Has(3) ? (long)value.Number(3)
        : value.Has(4) ? BitConverter.UInt64BitsToDouble(value.Number(4))
        : value.Message(5) is { } list ? list.Messages(1).Select(ValueOf).ToArray()
        : null;
}

/// <summary>A span that arrived.</summary>
internal sealed record SentSpan(string Scope, string Name, string Trace, string Id, string Parent, int Kind, IReadOnlyDictionary<string, object?> Attributes, IReadOnlyDictionary<string, object?> Resource, int Status, ulong Start)
{
    public object? this[string attribute] => Attributes.GetValueOrDefault(attribute);
}
