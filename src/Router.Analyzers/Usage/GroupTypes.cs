using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace RouterGen.Analyzers.Usage;

/// <summary>The types that calls of groups are made of, looked up once a compilation.</summary>
internal sealed class GroupTypes
{
    // The types whose methods ask, and those methods. Some are extensions of groups or of chat clients.
    private static readonly (string Type, bool AreExtensions, string[] Methods)[] Asking =
    [
        ("RouterGen.ChatGroup", false, ["CompleteAsync", "Complete", "StreamAsync", "RunAsync", "RunStreamAsync", "CountTokensAsync", "GetResponseAsync", "GetStreamingResponseAsync"]),
        ("RouterGen.EmbeddingGroup", false, ["EmbedAsync", "Embed"]),
        ("RouterGen.CompletionGroup", false, ["CompleteAsync", "Complete", "StreamAsync"]),
        ("RouterGen.RerankGroup", false, ["RerankAsync", "Rerank"]),
        ("RouterGen.ModerationGroup", false, ["ModerateAsync", "Moderate"]),
        ("RouterGen.ImageGroup", false, ["GenerateAsync", "Generate", "EditAsync", "Edit", "StreamAsync", "StreamEditAsync"]),
        ("RouterGen.TranscriptionGroup", false, ["TranscribeAsync", "Transcribe", "StreamAsync"]),
        ("RouterGen.SpeechGroup", false, ["SpeakAsync", "Speak", "StreamAsync", "OpenStreamAsync"]),
        ("RouterGen.StructuredChat", true, ["CompleteAsync", "StreamAsync"]),
        ("Microsoft.Extensions.AI.ChatClientExtensions", true, ["GetResponseAsync", "GetStreamingResponseAsync"]),
    ];

    private readonly INamedTypeSymbol _modelGroup;
    private readonly List<(INamedTypeSymbol Type, bool AreExtensions, string[] Methods)> _asking = [];

    private GroupTypes(INamedTypeSymbol modelGroup, Compilation compilation)
    {
        _modelGroup = modelGroup;
        foreach ((string name, bool areExtensions, string[] methods) in Asking)
        {
            if (compilation.GetTypeByMetadataName(name) is { } type) _asking.Add((type, areExtensions, methods));
        }

        ChatOptions = compilation.GetTypeByMetadataName("Microsoft.Extensions.AI.ChatOptions");
        ChatResponseFormat = compilation.GetTypeByMetadataName("Microsoft.Extensions.AI.ChatResponseFormat");
        ReasoningOptions = compilation.GetTypeByMetadataName("Microsoft.Extensions.AI.ReasoningOptions");
        ChatMessage = compilation.GetTypeByMetadataName("Microsoft.Extensions.AI.ChatMessage");
        DataContent = compilation.GetTypeByMetadataName("Microsoft.Extensions.AI.DataContent");
        UriContent = compilation.GetTypeByMetadataName("Microsoft.Extensions.AI.UriContent");
        CancellationToken = compilation.GetTypeByMetadataName("System.Threading.CancellationToken");
    }

    public INamedTypeSymbol? ChatOptions { get; }

    public INamedTypeSymbol? ChatResponseFormat { get; }

    public INamedTypeSymbol? ReasoningOptions { get; }

    public INamedTypeSymbol? ChatMessage { get; }

    public INamedTypeSymbol? DataContent { get; }

    public INamedTypeSymbol? UriContent { get; }

    public INamedTypeSymbol? CancellationToken { get; }

    /// <summary>The types; null where the compilation does not refer to RouterGen.</summary>
    public static GroupTypes? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("RouterGen.ModelGroup") is { } modelGroup ? new(modelGroup, compilation) : null;

    /// <summary>Whether a type is <c>ModelGroup</c> or a group's class.</summary>
    public bool IsGroup(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (Is(type, _modelGroup)) return true;
        }

        return false;
    }

    /// <summary>The call, if it asks a group for an answer: by a method of its own, or by an extension of groups or of chat clients.</summary>
    public GroupCall? AsCall(IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        int row = _asking.FindIndex(asking => Is(method.ContainingType, asking.Type));
        if (row < 0 || Array.IndexOf(_asking[row].Methods, method.Name) < 0) return null;
        bool isExtension = _asking[row].AreExtensions;
        IOperation? receiver = isExtension
            ? invocation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value
            : invocation.Instance;
        return receiver?.WithoutConversions().Type is INamedTypeSymbol group && IsGroup(group) ? new GroupCall(invocation, group, isExtension) : null;
    }

    public static bool Is(ITypeSymbol? type, INamedTypeSymbol? other) => type is not null && SymbolEqualityComparer.Default.Equals(type, other);
}
