namespace RouterGen.Generator.Tests;

/// <summary>Stands in for the codecs of dialects whose files are not embedded.</summary>
internal static class CodecStubs
{
    public static string[] Missing { get; } = [.. new[] { "OpenAIChatCodec", "AnthropicMessagesCodec" }
        .Where(type => typeof(RouterGenerator).Assembly.GetManifestResourceInfo($"Codecs/{type}.cs") is null)
        .Select(type => $$"""
            namespace RouterGen.Codecs;
            internal sealed class {{type}}<T> : RouterGen.Infrastructure.ChatCodec where T : struct, RouterGen.Infrastructure.IDeploymentConstants
            {
                public override string Path => "/";
                public override RouterGen.Infrastructure.AttemptFailure? WriteRequest(in RouterGen.Infrastructure.ChatRequest request, RouterGen.Infrastructure.RequestWriter body) => null;
                public override RouterGen.Infrastructure.AttemptFailure? ReadReply(System.ReadOnlySpan<byte> body, out RouterGen.RoutedResponse? reply) { reply = null; return null; }
                public override RouterGen.Infrastructure.ChatStreamDecoder StartStream() => throw new System.NotSupportedException();
                public override RouterGen.Infrastructure.AttemptFailure ReadError(int statusCode, System.ReadOnlySpan<byte> body) => throw new System.NotSupportedException();
            }
            """)];
}
