using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>
/// A request of a conversation as a client of a gateway wrote it. A deployment that speaks the client's dialect gets its members as they are; for any
/// other it is read when it is first needed.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RelayedRequest
{
    private readonly Lock _reading = new();
    private readonly List<string> _leftOut = [];
    private IReadOnlyList<ChatMessage>? _messages;
    private ChatOptions? _options;
    private AttemptFailure? _whyUnreadable;

    private RelayedRequest(ClientDialect dialect, ReadOnlyMemory<byte> body, KeyValuePair<string, string>[] headers, in RequestScan scan)
    {
        Dialect = dialect;
        Headers = headers;
        Body = body;
        Members = new PassedMembers(body, scan.Members) { IsStreaming = scan.IsStreaming, WantsUsage = scan.WantsUsage };
        Model = scan.Model;
        InputTokens = scan.InputTokens;
        OutputTokens = scan.OutputTokens;
        Needs = scan.Needs;
        HoldsState = scan.HoldsState;
    }

    /// <summary>Gets how the client speaks.</summary>
    public ClientDialect Dialect { get; }

    /// <summary>Gets the body, a JSON object in UTF-8.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Gets the members of the body, in their order.</summary>
    public PassedMembers Members { get; }

    /// <summary>Gets the model that the client asks for; empty where it names none.</summary>
    public string Model { get; }

    /// <summary>Gets whether the client asks for a stream.</summary>
    public bool IsStreaming => Members.IsStreaming;

    /// <summary>Gets whether the client asks for the usage of a stream.</summary>
    public bool WantsUsage => Members.WantsUsage;

    /// <summary>Gets headers that a deployment of the client's dialect gets too.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>Gets or sets a name for the request that no other has; empty for none. Answers that have no id get one of it.</summary>
    public string Id
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = "";

    /// <summary>Gets the conversation; empty where it cannot be read.</summary>
    public IReadOnlyList<ChatMessage> Messages
    {
        get
        {
            EnsureRead();
            return _messages;
        }
    }

    /// <summary>Gets all else that is asked for.</summary>
    public ChatOptions? Options
    {
        get
        {
            EnsureRead();
            return _options;
        }
    }

    /// <summary>Gets why the request cannot be read; null where it can.</summary>
    internal AttemptFailure? WhyUnreadable
    {
        get
        {
            EnsureRead();
            return _whyUnreadable;
        }
    }

    /// <summary>Gets what the dialect left out when it read the request.</summary>
    internal IReadOnlyList<string> LeftOut => _leftOut;

    /// <summary>
    /// Gets whether the conversation holds what an earlier answer of this router brought of a model's own state: a provider refuses it as it is, so
    /// that the request is read and written anew.
    /// </summary>
    internal bool HoldsState { get; }

    /// <summary>Gets how many tokens the conversation has, by an estimate that counts characters.</summary>
    public int InputTokens { get; }

    /// <summary>Gets how many tokens the answer may have, as the client says; 0 where it does not.</summary>
    public int OutputTokens { get; }

    internal ModelCapabilities Needs { get; }

    /// <summary>Looks through a body for what routing must know of it.</summary>
    /// <param name="dialect">How the client speaks.</param>
    /// <param name="body">The body. It must stay as it is for as long as the call goes on.</param>
    /// <param name="headers">Headers that a deployment of the client's dialect gets too.</param>
    /// <param name="request">The request.</param>
    /// <returns>Null, or what is wrong with the body: it is no JSON object.</returns>
    public static AttemptFailure? TryRead(ClientDialect dialect, ReadOnlyMemory<byte> body, KeyValuePair<string, string>[] headers, out RelayedRequest request)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        ArgumentNullException.ThrowIfNull(headers);
        AttemptFailure? failure = RequestScan.Read(body.Span, out RequestScan scan);
        request = new RelayedRequest(dialect, body, headers, scan);
        return failure;
    }

    /// <summary>Notes what the dialect leaves out while it reads the request, for the caller to know. Only <see cref="ClientDialect.Read"/> calls it.</summary>
    /// <param name="what">What is left out, for example <c>tools[3]: left out</c>.</param>
    public void NoteLeftOut(string what) => _leftOut.Add(what);

    /// <summary>Returns the value of a member; the default where the request has none of that name.</summary>
    /// <param name="name">The member's name, as it is written.</param>
    public ReadOnlySpan<byte> Find(ReadOnlySpan<byte> name)
    {
        foreach (PassedMember member in Members.All)
        {
            if (Members.NameOf(member).SequenceEqual(name)) return Members.ValueOf(member);
        }

        return default;
    }

    [MemberNotNull(nameof(_messages))]
    private void EnsureRead()
    {
        if (Volatile.Read(ref _messages) is not null)
        {
#pragma warning disable CS8774 // It is there once it was seen.
            return;
#pragma warning restore CS8774
        }

        lock (_reading)
        {
            if (_messages is not null) return;
            _whyUnreadable = Dialect.Read(this, out IReadOnlyList<ChatMessage> messages, out _options);
            Volatile.Write(ref _messages, _whyUnreadable is null ? messages : []);
        }
    }
}
