using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>
/// How one call is routed. Give it to a call (<see cref="ChatGroup"/> has overloads), or put it into
/// <see cref="ChatOptions.AdditionalProperties"/> under <see cref="PropertyName"/> where only <see cref="ChatOptions"/> get
/// through (<see cref="CallOptionsExtensions.WithRouting"/>); it is never sent to a provider. Everything is optional. A value
/// that makes no sense is refused when it is set.
/// </summary>
public sealed class CallOptions
{
    /// <summary>The name of the property of <see cref="ChatOptions.AdditionalProperties"/> that carries routing options.</summary>
    public const string PropertyName = "routergen.routing";

    internal static readonly CallOptions None = new();

    /// <summary>Gets how a deployment is chosen, instead of how the group says.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public RoutingStrategy? Strategy { get; init => field = Known(value, nameof(Strategy)); }

    /// <summary>
    /// Gets the service tier that is asked for, instead of the deployments' (<see cref="DeploymentAttribute.ServiceTier"/>). Where a provider has none of
    /// that kind it is left out, and the answer says so.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public ServiceTier? ServiceTier { get; init => field = Known(value, nameof(ServiceTier)); }

    /// <summary>Gets the total deadline, instead of the group's; above zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or less.</exception>
    public TimeSpan? Timeout { get; init => field = Positive(value, nameof(Timeout)); }

    /// <summary>Gets the longest time for one attempt of a call that is not streamed, instead of the groups' (<see cref="ModelGroupAttribute.AttemptTimeoutSeconds"/>); above zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or less.</exception>
    public TimeSpan? AttemptTimeout { get; init => field = Positive(value, nameof(AttemptTimeout)); }

    /// <summary>Gets the longest time to a stream's first content, instead of the groups' (<see cref="ModelGroupAttribute.FirstTokenTimeoutSeconds"/>); above zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or less.</exception>
    public TimeSpan? FirstTokenTimeout { get; init => field = Positive(value, nameof(FirstTokenTimeout)); }

    /// <summary>Gets the longest silence within a stream, instead of the groups' (<see cref="ModelGroupAttribute.StreamIdleTimeoutSeconds"/>); above zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or less.</exception>
    public TimeSpan? StreamIdleTimeout { get; init => field = Positive(value, nameof(StreamIdleTimeout)); }

    /// <summary>Gets the largest answer in bytes that is read whole, instead of the groups' (<see cref="ModelGroupAttribute.MaxAnswerBytes"/>); above 0 and at most 1 GiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within these bounds.</exception>
    public int? MaxAnswerBytes
    {
        get;
        init
        {
            if (value is { } bytes && !NumberBounds.Bytes.Allow(bytes)) throw new ArgumentOutOfRangeException(nameof(MaxAnswerBytes), bytes, $"It must be {NumberBounds.Bytes.Demand}.");
            field = value;
        }
    }

    /// <summary>
    /// Gets the longest that the call waits, in all, for deployments that have failed to return, instead of the group's
    /// (<see cref="ModelGroupAttribute.MaxWaitSeconds"/>); zero is not at all.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan? MaxWait
    {
        get;
        init
        {
            if (value is { } wait) ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero, nameof(MaxWait));
            field = value;
        }
    }

    /// <summary>Gets the most attempts, instead of the group's; 1 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or less.</exception>
    public int? MaxAttempts
    {
        get;
        init
        {
            if (value is { } attempts) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(attempts, nameof(MaxAttempts));
            field = value;
        }
    }

    /// <summary>
    /// How often a deployment may be asked again after it failed in a certain way, for this call; 0 or more, and 0 is never.
    /// Kinds that are not listed are treated as usual. A kind that is never retried at the same deployment stays so, others
    /// are asked first all the same, and the retry budget and the deadline hold. Where neither the call nor the group
    /// states the most attempts, there may be that many more. Copied when it is set.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or a kind is none that there is.</exception>
    public IReadOnlyDictionary<FailureKind, int>? Retries { get; init => field = value is null ? null : Copy(value); }

    /// <summary>Gets whether only the group itself may answer, none of its fallback groups of any sort.</summary>
    public bool DisableFallbacks { get; init; }

    /// <summary>
    /// Gets the name of the only deployment of the group that may answer; there are no fallback groups then. It may be one that is
    /// draining. A call that names one that the group does not have fails with an <see cref="ArgumentException"/>.
    /// </summary>
    public string? Deployment { get; init; }

    /// <summary>Gets the tags that a deployment must have; see <see cref="TagMatch"/>. Compared without regard to case.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    /// <exception cref="ArgumentException">A mark is null or empty.</exception>
    public IReadOnlyList<string> Tags { get; init => field = Marks(value, nameof(Tags)); } = [];

    /// <summary>Gets whether a deployment must have one of the <see cref="Tags"/> or all of them. Default: one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public TagMatch TagMatch { get; init => field = Known<TagMatch>(value, nameof(TagMatch))!.Value; }

    /// <summary>Gets the tags that a deployment must not have.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    /// <exception cref="ArgumentException">A mark is null or empty.</exception>
    public IReadOnlyList<string> ExcludedTags { get; init => field = Marks(value, nameof(ExcludedTags)); } = [];

    /// <summary>Gets where a deployment must be; compared without regard to case with its declared region.</summary>
    public string? Region { get; init; }

    /// <summary>Gets the rank among the calls that wait for a deployment: the lowest goes first, and the highest fails first where too many wait. Default 0.</summary>
    public int Priority { get; init; }

    /// <summary>
    /// Gets whether the answer brings what the provider sent, as a <see cref="System.Text.Json.JsonElement"/>: in the
    /// <see cref="ChatMessage.RawRepresentation"/> of a whole answer's message, and in the <see cref="ChatResponseUpdate.RawRepresentation"/> of
    /// a stream's updates but the last one. It costs a copy of the answer. Default: no.
    /// </summary>
    public bool IncludeRawRepresentation { get; init; }

    /// <summary>
    /// Gets what calls have in common that should go to the same deployment: a conversation's or a user's id. Under
    /// <see cref="RoutingStrategy.Weighted"/> a user stays in an arm of an A/B test; the shares hold over all keys.
    /// </summary>
    public string? SessionKey { get; init; }

    /// <summary>Gets whether the call goes past a cache (<see cref="RouterOptions.Cache"/>): it is asked anew, and its answer is not kept.</summary>
    public bool SkipCache { get; init; }

    /// <summary>Gets for whom the call is made, such as a user's or a customer's id: costs are counted by it, and spans hold it. It is not sent to a provider.</summary>
    public string? Caller { get; init; }

    /// <summary>Gets the marks under which the call's cost is counted beside the <see cref="Tags"/>, such as a feature's or a project's name. They choose no deployment.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    /// <exception cref="ArgumentException">A mark is null or empty.</exception>
    public IReadOnlyList<string> SpendTags { get; init => field = Marks(value, nameof(SpendTags)); } = [];

    /// <summary>
    /// Keys of the caller's own, by provider (<c>anthropic</c>, without regard to case): used for this call instead of the
    /// configured one, also where none is configured, and sent to the deployments of that provider only. That such a key
    /// is wrong, out of credit or rate limited changes nothing for other calls. One for a provider that no deployment has is
    /// ignored: the same options may serve several groups. Copied when it is set; never logged or serialized.
    /// </summary>
    /// <exception cref="ArgumentException">A key is empty or holds a character that no key has, or a provider is named twice.</exception>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> ApiKeys { get; init => field = Copy(value); } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Anything that a <see cref="SelectionPolicy"/> of one's own wants to know of the call, such as the user's tier.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public IReadOnlyDictionary<string, object?> Properties { get; init => field = Given(value, nameof(Properties)); } = ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>
    /// Gets how the call is to find its deployments failing, for a drill; null for calls in earnest. A call with one fails with an <see cref="ArgumentException"/> unless
    /// <see cref="RouterOptions.AllowMockFailures"/> is set, or where no group that it may come to has the <see cref="MockFailure.Deployment"/>.
    /// </summary>
    public MockFailure? MockFailure { get; init; }

    /// <summary>What the options of a call carry.</summary>
    /// <exception cref="ArgumentException">They carry something else under <see cref="PropertyName"/>.</exception>
    internal static CallOptions Of(ChatOptions? options) => Of(options?.AdditionalProperties, nameof(ChatOptions));

    /// <inheritdoc cref="Of(ChatOptions?)"/>
    internal static CallOptions Of(EmbeddingGenerationOptions? options) => Of(options?.AdditionalProperties, nameof(EmbeddingGenerationOptions));

    /// <inheritdoc cref="Of(ChatOptions?)"/>
    internal static CallOptions Of(CompletionOptions? options) => Of(options?.AdditionalProperties, nameof(CompletionOptions));

    /// <inheritdoc cref="Of(ChatOptions?)"/>
    internal static CallOptions Of(RerankOptions? options) => Of(options?.AdditionalProperties, nameof(RerankOptions));

    /// <inheritdoc cref="Of(ChatOptions?)"/>
    internal static CallOptions Of(ImageGenerationOptions? options) => Of(options?.AdditionalProperties, nameof(ImageGenerationOptions));

    /// <inheritdoc cref="Of(ChatOptions?)"/>
    internal static CallOptions Of(ModerationOptions? options) => Of(options?.AdditionalProperties, nameof(ModerationOptions));

    internal static CallOptions Of(AdditionalPropertiesDictionary? extras, string owner)
    {
        if (extras is null || !extras.TryGetValue(PropertyName, out object? value) || value is null) return None;
        return value as CallOptions ?? throw new ArgumentException($"{owner}.AdditionalProperties[\"{PropertyName}\"] must be {nameof(CallOptions)}, not {value.GetType().Name}.", "options");
    }

    /// <summary>The caller's key for a provider; null where the configured one is to be used.</summary>
    internal string? KeyFor(string provider) => ApiKeys.Count == 0 ? null : ApiKeys.GetValueOrDefault(provider);

    /// <summary>Gets the model that the caller names in its request's options, and of which the group has deployments; null for any.</summary>
    internal string? Model { get; private set; }

    /// <summary>Gets the observer of this call alone; null for none. Observers see the options of calls, so that options cannot name their type.</summary>
    internal object? Observer { get; private set; }

    /// <summary>Returns the same for a call that is observed.</summary>
    internal CallOptions ObservedBy(object observer)
    {
        var copy = (CallOptions)MemberwiseClone();
        copy.Observer = observer;
        return copy;
    }

    /// <summary>Returns the same for the deployments of one model, or the one of that name.</summary>
    internal CallOptions For(string model)
    {
        var copy = (CallOptions)MemberwiseClone();
        copy.Model = model;
        return copy;
    }

    /// <summary>Gets whether no other group may answer.</summary>
    internal bool StaysInGroup => DisableFallbacks || Deployment is not null || Model is not null;

    /// <summary>Whether a deployment may be asked again that has failed so often in one way; as usual where nothing is said of it.</summary>
    internal bool AllowsAnother(int failures, FailureKind kind) => Retries is null || !Retries.TryGetValue(kind, out int allowed) || failures <= allowed;

    /// <summary>The most attempts where none is stated: one for each deployment and two more, and as many again as <see cref="Retries"/> wants.</summary>
    internal int UsualAttempts(int deployments)
    {
        long wanted = Retries is { Count: > 0 } ? Retries.Values.Max() : 0;
        return (int)Math.Min(int.MaxValue, deployments * (1 + wanted) + 2);
    }

    private static TimeSpan? Positive(TimeSpan? value, string property)
    {
        if (value is { } time) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, property);
        return value;
    }

    private static T Given<T>(T value, string property) where T : class
    {
        ArgumentNullException.ThrowIfNull(value, property);
        return value;
    }

    private static IReadOnlyList<string> Marks(IReadOnlyList<string> value, string property)
    {
        if (Given(value, property).Any(string.IsNullOrEmpty)) throw new ArgumentException("A tag is null or empty.", property);
        return value;
    }

    private static T? Known<T>(T? value, string property) where T : struct, Enum =>
        value is not { } one || Enum.IsDefined(one) ? value : throw new ArgumentOutOfRangeException(property, value, $"{value} is no {typeof(T).Name}.");

    private static Dictionary<FailureKind, int> Copy(IReadOnlyDictionary<FailureKind, int> retries)
    {
        foreach (KeyValuePair<FailureKind, int> retry in retries)
        {
            Known<FailureKind>(retry.Key, nameof(Retries));
            ArgumentOutOfRangeException.ThrowIfNegative(retry.Value, nameof(Retries));
        }

        return new Dictionary<FailureKind, int>(retries);
    }

    private static Dictionary<string, string> Copy(IReadOnlyDictionary<string, string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys, nameof(ApiKeys));
        var copy = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string provider, string key) in keys)
        {
            // Whatever is wrong with a key, it is not told in the message.
            string trimmed = key?.Trim() ?? "";
            if (!KeySyntax.IsValid(trimmed)) throw new ArgumentException($"The key for '{provider}' is empty or holds a character that no key has.", nameof(ApiKeys));
            if (!copy.TryAdd(provider, trimmed)) throw new ArgumentException($"'{provider}' is named twice.", nameof(ApiKeys));
        }

        return copy;
    }
}

/// <summary>How tags are compared.</summary>
public enum TagMatch
{
    /// <summary>A deployment must have one of them.</summary>
    Any,

    /// <summary>A deployment must have all of them.</summary>
    All,
}
