using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Where the conversation is kept. By default with the caller: the provider stores nothing, and thoughts come encrypted, so that they can
/// go back. <see cref="ChatOptions.ConversationId"/>, or a <c>store</c> of <see langword="true"/> among the additional properties, leaves it to the provider.
/// </summary>
[Embedded]
internal static class OpenAIConversation
{
    private const string Store = "store";
    private const string Include = "include";
    private const string PreviousResponse = "previous_response_id";
    private const string Conversation = "conversation";

    /// <summary>Returns whether the provider is asked to keep the answer: only then can its id go on with the conversation.</summary>
    public static bool IsStored(ChatOptions? options) =>
        options is not null
        && (Said(options) ?? (options.ConversationId is not null || Has(options, PreviousResponse) || Has(options, Conversation)));

    /// <summary>Returns whether the request goes on with what the provider keeps, so that it may have no message of its own.</summary>
    public static bool GoesOn(ChatOptions? options) =>
        options is not null && (options.ConversationId is not null || Has(options, PreviousResponse) || Has(options, Conversation) || Has(options, "prompt"));

    /// <summary>Returns the id with which a caller goes on with the conversation; null where the provider does not keep it.</summary>
    /// <param name="options">The options of the request that was answered.</param>
    /// <param name="response">The id of the answer.</param>
    public static string? IdAfter(ChatOptions? options, string? response) =>
        !IsStored(options) ? null : IsConversation(options!.ConversationId) ? options.ConversationId : response;

    /// <summary>Returns whether an additional property is one of those that this writes.</summary>
    public static bool Writes(string name, ChatOptions options) =>
        name is Store || (name is PreviousResponse or Conversation && options.ConversationId is not null);

    /// <summary>Writes what the request says of it.</summary>
    public static void Write(Utf8JsonWriter json, ChatOptions? options, ModelProfile model)
    {
        if (options?.ConversationId is { } id) json.WriteString(IsConversation(id) ? Conversation : PreviousResponse, id);
        bool stored = IsStored(options);

        // A conversation at the provider is stored unless the request says otherwise, which some servers have no word for.
        if (!stored) json.WriteBoolean(Store, false);
        else if (Said(options!) is true) json.WriteBoolean(Store, true);

        if (stored || !Encrypts(model) || (options is not null && Has(options, Include))) return;
        json.WriteStartArray(Include);
        json.WriteStringValue("reasoning.encrypted_content"u8);
        json.WriteEndArray();
    }

    /// <summary>Returns whether a model's thoughts can be had encrypted; others refuse to be asked for it.</summary>
    public static bool Encrypts(ModelProfile model) =>
        model.Has(OpenAIQuirks.EncryptedReasoning) || (model.Takes(ModelParameters.Reasoning) && !model.Has(OpenAIQuirks.PlainReasoning));

    /// <summary>The ids of conversations, which are objects of their own, and of responses are told apart as the framework's adapter does.</summary>
    private static bool IsConversation(string? id) => id is not null && id.StartsWith("conv_", StringComparison.Ordinal);

    private static bool? Said(ChatOptions options) =>
        options.AdditionalProperties is not { } more || !more.TryGetValue(Store, out object? value) ? null
        : value switch
        {
            bool said => said,
            JsonElement { ValueKind: JsonValueKind.True } => true,
            JsonElement { ValueKind: JsonValueKind.False } => false,
            _ => null,
        };

    private static bool Has(ChatOptions options, string name) => options.AdditionalProperties?.ContainsKey(name) is true;
}
