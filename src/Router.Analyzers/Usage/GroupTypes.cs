using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace RouterGen.Analyzers.Usage;

/// <summary>The types that calls of groups are made of, looked up once a compilation.</summary>
internal sealed class GroupTypes
{
    private readonly INamedTypeSymbol _modelGroup;
    private readonly INamedTypeSymbol? _chatGroup;
    private readonly INamedTypeSymbol? _embeddingGroup;
    private readonly INamedTypeSymbol? _chatClientExtensions;
    private readonly INamedTypeSymbol? _structuredChat;

    private GroupTypes(INamedTypeSymbol modelGroup, Compilation compilation)
    {
        _modelGroup = modelGroup;
        _chatGroup = compilation.GetTypeByMetadataName("RouterGen.ChatGroup");
        _embeddingGroup = compilation.GetTypeByMetadataName("RouterGen.EmbeddingGroup");
        _chatClientExtensions = compilation.GetTypeByMetadataName("Microsoft.Extensions.AI.ChatClientExtensions");
        _structuredChat = compilation.GetTypeByMetadataName("RouterGen.StructuredChat");
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
        bool isExtension = invocation.Instance is null && (Is(method.ContainingType, _chatClientExtensions) || Is(method.ContainingType, _structuredChat));
        if (!isExtension && !Is(method.ContainingType, _chatGroup) && !Is(method.ContainingType, _embeddingGroup)) return null;
        if (method.Name is not ("CompleteAsync" or "Complete" or "StreamAsync" or "RunAsync" or "GetResponseAsync" or "GetStreamingResponseAsync" or "EmbedAsync" or "Embed")) return null;

        IOperation? receiver = isExtension
            ? invocation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value
            : invocation.Instance;
        return receiver?.WithoutConversions().Type is INamedTypeSymbol group && IsGroup(group) ? new GroupCall(invocation, group, isExtension) : null;
    }

    public static bool Is(ITypeSymbol? type, INamedTypeSymbol? other) => type is not null && SymbolEqualityComparer.Default.Equals(type, other);
}
