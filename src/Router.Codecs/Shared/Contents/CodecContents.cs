using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>What a content is to a dialect.</summary>
[Embedded]
internal enum CodecContentKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Thoughts, which the dialect sends back to the model that they came from.</summary>
    Reasoning,

    /// <summary>A call of a function.</summary>
    Call,

    /// <summary>The result of such a call.</summary>
    Result,

    /// <summary>An image, audio or a file.</summary>
    Media,

    /// <summary>JSON in the dialect's own form, as a bare content with such a raw representation.</summary>
    Raw,

    /// <summary>What a provider's own tool was asked or answered, or another block of a provider's that no content stands for; images in it are media.</summary>
    Hosted,

    /// <summary>What is said about a turn, not in it: usage, errors, requests for approval and answers to them. No model need see it.</summary>
    Aside,

    /// <summary>A content that no dialect has a form for.</summary>
    Unknown,
}

/// <summary>The table of contents: what each type is, in whatever message it stands.</summary>
[Embedded]
internal static class CodecContents
{
    /// <summary>Returns what a content is.</summary>
    public static CodecContentKind KindOf(AIContent content) => content switch
    {
        TextContent => CodecContentKind.Text,
        TextReasoningContent => CodecContentKind.Reasoning,
        FunctionCallContent => CodecContentKind.Call,
        FunctionResultContent => CodecContentKind.Result,
        DataContent or UriContent or HostedFileContent => CodecContentKind.Media,
        ToolCallContent or ToolResultContent => CodecContentKind.Hosted,
        UsageContent or ErrorContent or InputRequestContent or InputResponseContent => CodecContentKind.Aside,
        _ when content.GetType() != typeof(AIContent) => CodecContentKind.Unknown,
        _ => content.RawRepresentation switch
        {
            null when content.AdditionalProperties is { Count: > 0 } => CodecContentKind.Hosted,
            null => CodecContentKind.Aside, // It says nothing.
            JsonObject or JsonElement { ValueKind: JsonValueKind.Object } => CodecContentKind.Raw,
            _ => CodecContentKind.Unknown,
        },
    };

    /// <summary>Returns the images among what a provider's own tool answered; null where there is none.</summary>
    public static List<AIContent>? Images(AIContent content)
    {
        IList<AIContent>? outputs = content switch
        {
            ImageGenerationToolResultContent images => images.Outputs,
            CodeInterpreterToolResultContent run => run.Outputs,
            McpServerToolResultContent mcp => mcp.Outputs,
            _ => null,
        };
        List<AIContent>? found = null;
        for (int i = 0; i < outputs?.Count; i++)
        {
            if (IsImage(outputs[i])) (found ??= []).Add(outputs[i]);
        }

        return found;
    }

    /// <summary>Returns the media type of a content; null where it has none.</summary>
    public static string? MediaType(AIContent content) => content switch
    {
        DataContent data => data.MediaType,
        UriContent uri => uri.MediaType,
        HostedFileContent file => file.MediaType,
        _ => null,
    };

    private static bool IsImage(AIContent content) =>
        content is DataContent data && data.HasTopLevelMediaType("image") || content is UriContent uri && uri.HasTopLevelMediaType("image");
}
