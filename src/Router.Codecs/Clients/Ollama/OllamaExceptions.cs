using System;
using Microsoft.CodeAnalysis;
using OllamaSharp.Models.Exceptions;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>The exceptions of OllamaSharp, which have words and no status.</summary>
[Embedded]
internal static class OllamaExceptions
{
    /// <summary>Reads an error of the server; null for what is none of its own.</summary>
    public static AttemptFailure? Read(Exception exception, DateTimeOffset now) => exception switch
    {
        ModelDoesNotSupportToolsException => new AttemptFailure(FailureKind.Unsupported, exception.Message),
        OllamaException when Says(exception, "does not support") => new AttemptFailure(FailureKind.Unsupported, exception.Message),
        OllamaException when Says(exception, "not found") => new AttemptFailure(FailureKind.ModelNotFound, exception.Message),
        OllamaException when Says(exception, "context length") => new AttemptFailure(FailureKind.ContextWindowExceeded, exception.Message),
        _ => null,
    };

    private static bool Says(Exception exception, string words) => exception.Message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
