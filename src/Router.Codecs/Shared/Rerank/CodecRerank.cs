using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What requests for rankings have in common: the query, the documents, and how many of them are wanted.</summary>
[Embedded]
internal static class CodecRerank
{
    private const string TokensPerDocument = "max_tokens_per_doc";

    /// <summary>Writes a request.</summary>
    /// <param name="request">What the caller asks for.</param>
    /// <param name="body">Where to.</param>
    /// <param name="prefix">What the body begins with.</param>
    /// <param name="model">The model.</param>
    /// <param name="form">How the API differs from others.</param>
    public static AttemptFailure? Write(RerankRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model, in CodecRerankForm form)
    {
        int count = request.Documents.Length;
        if (model.MaxBatchTexts > 0 && count > model.MaxBatchTexts)
        {
            return CodecJson.Unsupported($"{model.Name} ranks at most {model.MaxBatchTexts} documents in one call, not {count}: rank fewer, or raise MaxBatchTexts of the deployment.");
        }

        Utf8JsonWriter json = body.StartObject(prefix);
        json.WriteString("query"u8, request.Query);
        json.WriteStartArray("documents"u8);
        foreach (string document in request.Documents.Span) json.WriteStringValue(document);
        json.WriteEndArray();

        // Some APIs refuse a number that is larger than there are documents, and all rank all of them where none is stated.
        if (request.Options?.TopN is { } top && top < count) json.WriteNumber(form.Top, top);
        if (request.Options?.MaxTokensPerDocument is { } tokens)
        {
            if (form.TakesTokensPerDocument) json.WriteNumber(TokensPerDocument, tokens);
            else body.Note(nameof(RerankOptions.MaxTokensPerDocument) + ": left out");
        }

        if (form.Flag is { } flag && request.Options?.AdditionalProperties?.ContainsKey(flag) is not true) json.WriteBoolean(flag, false);
        if (form.ApiVersion > 0) json.WriteNumber("api_version"u8, form.ApiVersion);
        AttemptFailure? unwritten = CodecAdditional.Write(
            json, request.Options?.AdditionalProperties, body, form.Known, "model", "query", "documents", "top_n", "top_k", "api_version", form.TakesTokensPerDocument ? TokensPerDocument : "model");
        if (unwritten is not null) return unwritten; // The object is not whole.
        body.EndObject();
        return null;
    }
}

/// <summary>How an API that ranks differs from others.</summary>
/// <param name="Top">What it calls the number of documents that are wanted.</param>
[Embedded]
internal readonly record struct CodecRerankForm(string Top)
{
    /// <summary>Gets whether it can be told after how many tokens a document is cut.</summary>
    public bool TakesTokensPerDocument { get; init; }

    /// <summary>Gets a member that is sent as false where the caller says nothing of it; null for none.</summary>
    public string? Flag { get; init; }

    /// <summary>Gets the version of the API that the body states; 0 for none.</summary>
    public int ApiVersion { get; init; }

    /// <summary>Gets what else it knows; empty where it takes any member.</summary>
    public string[] Known { get; init; } = [];
}
