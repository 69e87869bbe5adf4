using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>An answer, and how it came about. Its <see cref="ChatResponse.RawRepresentation"/> is itself, so that what wraps it keeps its route.</summary>
public sealed class RoutedResponse : ChatResponse, ICallAnswer
{
    /// <summary>
    /// The additional property of an answer, and of the last update of a stream, that lists what was left out of the request
    /// or changed in it, because the model that answered does not take it: an array of texts such as <c>seed: left out</c>.
    /// Absent where the request was sent as asked.
    /// </summary>
    public const string LeftOutProperty = "routergen.left_out";

    private RouteSummary _route = RouteSummary.None;

    /// <summary>Makes an answer out of one message. For codecs.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public RoutedResponse(ChatMessage message) : base(message) => RawRepresentation = this;

    /// <summary>Makes an answer by hand, for tests of code that takes one.</summary>
    public RoutedResponse(ChatMessage message, string modelUsed, decimal? cost = null, TimeSpan duration = default, IReadOnlyList<Attempt>? attempts = null) : base(message) =>
        (_route, RawRepresentation) = (RouteSummary.Stated(modelUsed, cost, duration, attempts), this);

    /// <summary>Gets the provider and model that answered, for example <c>openai/gpt-4o-mini</c>.</summary>
    public string ModelUsed => _route.ModelUsed;

    /// <summary>Gets the name of the deployment that answered.</summary>
    public string Deployment => _route.Deployment;

    /// <summary>
    /// Gets what <see cref="ChatResponse.Usage"/> cost in USD; null where no price is known or the provider reported no usage. It is computed
    /// when it is read: after function invocation, which adds up the usage of several calls, it is the cost of all of them, each at the prices
    /// of the deployment that answered.
    /// </summary>
    public decimal? Cost => _route.CostOf(Usage);

    /// <summary>Gets how long the whole call took, failed attempts and waits included.</summary>
    public TimeSpan Duration => _route.Duration;

    /// <summary>Gets the time from the start of the answering attempt to its first content; null for a call that was not streamed.</summary>
    public TimeSpan? TimeToFirstToken => _route.TimeToFirstToken;

    /// <summary>Gets all attempts of the call in order; the last one answered.</summary>
    public IReadOnlyList<Attempt> Attempts => _route.Attempts;

    /// <summary>
    /// Gets whether the answer came out of a cache: no deployment was asked, and it cost nothing. <see cref="ModelUsed"/>, <see cref="Attempts"/> and the like say how it had come about.
    /// </summary>
    public bool FromCache => _route.FromCache;

    ServiceTier? ICallAnswer.Tier => Tier;

    /// <summary>Gets the service tier that served it; null where the provider did not say.</summary>
    internal ServiceTier? Tier => ServiceTierNames.AnsweredIn(AdditionalProperties);

    /// <summary>Gets how a structured answer was asked for; null where any answer was one.</summary>
    internal AnswerMechanism? Mechanism { get; set; }

    /// <summary>Gets whether the answer holds anything.</summary>
    internal bool HasContent => Messages.Any(static message => message.Contents.Any(AnswerContent.HoldsSomething));

    /// <summary>Makes an answer of what the updates of a stream make together.</summary>
    internal static RoutedResponse Of(ChatResponse response)
    {
        var reply = new RoutedResponse(response.Messages is [.., { } last] ? last : new ChatMessage(ChatRole.Assistant, []))
        {
            ResponseId = response.ResponseId,
            ConversationId = response.ConversationId,
            ModelId = response.ModelId,
            CreatedAt = response.CreatedAt,
            FinishReason = response.FinishReason,
            Usage = response.Usage,
            AdditionalProperties = response.AdditionalProperties,
        };
        if (response.Messages.Count > 1) reply.Messages = response.Messages;
        return reply;
    }

    /// <summary>Gets how it came about.</summary>
    internal RouteSummary Route => _route;

    internal void Attach(RouteSummary route) => _route = route;
}
