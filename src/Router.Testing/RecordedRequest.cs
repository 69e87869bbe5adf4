using System.Text;
using Microsoft.Extensions.AI;

namespace RouterGen.Testing;

/// <summary>A request that a deployment of a <see cref="TestRouter"/> was asked. What the caller may change later is a copy.</summary>
public sealed class RecordedRequest
{
    private static readonly CompositeFormat ShortForm = CompositeFormat.Parse("{0} of {1}: {2}");

    private volatile bool _wasLeftEarly;

    internal RecordedRequest(ChatClientContext deployment, CallRequest request, ReadOnlyMemory<byte> body, int number, DateTimeOffset at)
    {
        Group = deployment.Group;
        Deployment = deployment.Deployment;
        Model = deployment.Model;
        Request = request;
        Body = Encoding.UTF8.GetString(body.Span);
        Number = number;
        At = at;
        var chat = request as ChatRequest;
        Messages = [.. chat?.Messages ?? []];
        Options = chat?.Options?.Clone();
        Tools = [.. Options?.Tools ?? []];
        Texts = TextsOf(request);
    }

    /// <summary>Gets the request's place among all of its router, from 0.</summary>
    public int Number { get; }

    /// <summary>Gets the name of the deployment's group.</summary>
    public string Group { get; }

    /// <summary>Gets the name of the deployment that was asked.</summary>
    public string Deployment { get; }

    /// <summary>Gets the model that was asked, as its provider knows it.</summary>
    public string Model { get; }

    /// <summary>Gets when it was asked, by the clock of the router.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Gets the request, of its kind of call: <see cref="ChatRequest"/>, <see cref="EmbeddingRequest"/>, <see cref="ImageRequest"/> …</summary>
    public CallRequest Request { get; }

    /// <summary>Gets whether a stream was asked for.</summary>
    public bool IsStreaming => Request.IsStreaming;

    /// <summary>Gets the conversation of a chat; empty for other kinds of calls.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>Gets the options of a chat as the caller gave them; null where there were none, and for other kinds of calls.</summary>
    public ChatOptions? Options { get; }

    /// <summary>Gets the tools of a chat; empty where there are none.</summary>
    public IReadOnlyList<AITool> Tools { get; }

    /// <summary>
    /// Gets what the request is about: the text of a chat's last message of the user, a prompt, the texts to embed or to judge, the text to speak, the documents to
    /// rank. Empty for a transcription, and for a message without text.
    /// </summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Gets the <see cref="Texts"/> as one, each on a line of its own.</summary>
    public string Text => string.Join('\n', Texts);

    /// <summary>
    /// Gets the body that would have been sent, in the wire format of the deployment: as its dialect writes the request for its model, so that what is left out for the model
    /// is not in it. Files that go with it are not in it. Empty where the deployment is asked through a client.
    /// </summary>
    public string Body { get; }

    /// <summary>Gets whether a stream was left before its end: its reader stopped or cancelled, or a limit ended.</summary>
    public bool WasLeftEarly => _wasLeftEarly;

    internal void NoteLeft() => _wasLeftEarly = true;

    /// <summary>Returns one line for people, with the beginning of the text.</summary>
    public override string ToString()
    {
        string text = Text.ReplaceLineEndings(" ");
        return string.Format(null, ShortForm, Deployment, Group, text.Length <= 60 ? $"\"{text}\"" : $"\"{text[..60]}…\"");
    }

    private static string[] TextsOf(CallRequest request) => request switch
    {
        ChatRequest chat => chat.Messages.LastOrDefault(static message => message.Role == ChatRole.User) is { Text: { Length: > 0 } text } ? [text] : [],
        CompletionRequest completion => [completion.Prompt],
        EmbeddingRequest embedding => embedding.Texts.ToArray(),
        RerankRequest rerank => rerank.Documents.ToArray(),
        ModerationRequest { Contents: { } contents } => [.. contents.OfType<TextContent>().Select(static content => content.Text)],
        ModerationRequest moderation => moderation.Texts.ToArray(),
        ImageRequest image => [image.Prompt],
        SpeechRequest speech => [speech.Text],
        _ => [],
    };
}
