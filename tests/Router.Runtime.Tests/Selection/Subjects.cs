using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

/// <summary>Makes the deployments that tests of selection are about. They are never asked anything.</summary>
internal static class Subjects
{
    public static RouterContext Context(TimeProvider? time = null, Func<string, string?>? variables = null) =>
        new(new RouterOptions { TimeProvider = time ?? new VirtualTime(), Seed = 1, Variables = variables ?? (static _ => null) });

    public static DeploymentDefinition Definition(string name = "one", double weight = 1, int order = 0, int rpm = 0, int tpm = 0, int maxConcurrency = 0, int contextWindow = 0, string? keyVariable = null) => new()
    {
        Name = name,
        Provider = "provider",
        Model = "model",
        Endpoint = "https://provider.example/v1",
        Codec = SilentCodec.Instance,
        KeyVariable = keyVariable,
        Weight = weight,
        Order = order,
        Rpm = rpm,
        Tpm = tpm,
        MaxConcurrency = maxConcurrency,
        ContextWindow = contextWindow,
    };

    public static Deployment[] Deployments(RouterContext context, params DeploymentDefinition[] definitions)
    {
        var group = new GroupDefinition { Name = "group", Deployments = definitions };
        return [.. definitions.Select((definition, index) => new Deployment(context, group, definition, index))];
    }

    /// <summary>A codec of which nothing but the path is used.</summary>
    public sealed class SilentCodec : ChatCodec
    {
        public static readonly SilentCodec Instance = new();

        public override string Path => "/chat";

        public override AttemptFailure? WriteRequest(in ChatRequest request, RequestWriter body) => throw new NotSupportedException();

        public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, out RoutedResponse? reply) => throw new NotSupportedException();

        public override ChatStreamDecoder StartStream() => throw new NotSupportedException();

        public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => throw new NotSupportedException();
    }
}
