using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>
/// Asks a group for an answer of a type. The deployment that is asked gets the schema by the best mechanism that it has. An answer that does not
/// fit is repaired once, in a second call.
/// </summary>
/// <remarks>
/// Beside what the group's own methods throw, all of these throw <see cref="StructuredAnswerException"/>. They run no tools. A
/// <see cref="ChatOptions.ResponseFormat"/> has no effect.
/// </remarks>
// Where null could be several kinds of options, it is ChatOptions.
public static class StructuredChat
{
    /// <summary>Asks for an answer of a type.</summary>
    /// <typeparam name="T">A type with <see cref="StructuredAnswerAttribute"/>.</typeparam>
    /// <param name="group">The group to ask.</param>
    /// <param name="prompt">What the user says.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="StructuredAnswerException">The answer does not fit, also after a repair.</exception>
    public static Task<StructuredResponse<T>> CompleteAsync<T>(this ChatGroup group, string prompt, ChatOptions? options = null, CancellationToken cancellationToken = default)
        where T : IStructuredAnswer<T> =>
        Call(group, EmittedBinding<T>.Instance, ChatGroup.Prompt(prompt), options, null).AskAsync(cancellationToken);

    /// <inheritdoc cref="CompleteAsync{T}(ChatGroup, string, ChatOptions?, CancellationToken)"/>
    /// <param name="group">The group to ask.</param>
    /// <param name="messages">The conversation; at least one message.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    public static Task<StructuredResponse<T>> CompleteAsync<T>(this ChatGroup group, IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        where T : IStructuredAnswer<T> =>
        Call(group, EmittedBinding<T>.Instance, ChatGroup.Conversation(messages), options, null).AskAsync(cancellationToken);

    /// <inheritdoc cref="CompleteAsync{T}(ChatGroup, string, ChatOptions?, CancellationToken)"/>
    /// <param name="group">The group to ask.</param>
    /// <param name="prompt">What the user says.</param>
    /// <param name="routing">How the calls are routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    [OverloadResolutionPriority(-1)]
    public static Task<StructuredResponse<T>> CompleteAsync<T>(this ChatGroup group, string prompt, CallOptions routing, ChatOptions? options = null, CancellationToken cancellationToken = default)
        where T : IStructuredAnswer<T> =>
        Call(group, EmittedBinding<T>.Instance, ChatGroup.Prompt(prompt), options, routing).AskAsync(cancellationToken);

    /// <inheritdoc cref="CompleteAsync{T}(ChatGroup, string, ChatOptions?, CancellationToken)"/>
    /// <param name="group">The group to ask.</param>
    /// <param name="messages">The conversation; at least one message.</param>
    /// <param name="routing">How the calls are routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    [OverloadResolutionPriority(-1)]
    public static Task<StructuredResponse<T>> CompleteAsync<T>(this ChatGroup group, IEnumerable<ChatMessage> messages, CallOptions routing, ChatOptions? options = null, CancellationToken cancellationToken = default)
        where T : IStructuredAnswer<T> =>
        Call(group, EmittedBinding<T>.Instance, ChatGroup.Conversation(messages), options, routing).AskAsync(cancellationToken);

    /// <summary>Asks for an answer of a type that is described by a context of <c>System.Text.Json</c>.</summary>
    /// <typeparam name="T">The type. Its JSON must be an object.</typeparam>
    /// <param name="group">The group to ask.</param>
    /// <param name="prompt">What the user says.</param>
    /// <param name="type">What the context knows of the type, for example <c>MyContext.Default.Weather</c>.</param>
    /// <param name="options">Options of the request. They may carry how the calls are routed (<see cref="CallOptionsExtensions.WithRouting"/>).</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="StructuredAnswerException">The answer does not fit, also after a repair.</exception>
    /// <exception cref="ArgumentException">The JSON of the type is not an object.</exception>
    [OverloadResolutionPriority(-1)]
    public static Task<StructuredResponse<T>> CompleteAsync<T>(this ChatGroup group, string prompt, JsonTypeInfo<T> type, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Call(group, Binding(type), ChatGroup.Prompt(prompt), options, null).AskAsync(cancellationToken);

    /// <inheritdoc cref="CompleteAsync{T}(ChatGroup, string, JsonTypeInfo{T}, ChatOptions?, CancellationToken)"/>
    /// <param name="group">The group to ask.</param>
    /// <param name="messages">The conversation; at least one message.</param>
    /// <param name="type">What the context knows of the type, for example <c>MyContext.Default.Weather</c>.</param>
    /// <param name="options">Options of the request. They may carry how the calls are routed (<see cref="CallOptionsExtensions.WithRouting"/>).</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    [OverloadResolutionPriority(-1)]
    public static Task<StructuredResponse<T>> CompleteAsync<T>(this ChatGroup group, IEnumerable<ChatMessage> messages, JsonTypeInfo<T> type, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Call(group, Binding(type), ChatGroup.Conversation(messages), options, null).AskAsync(cancellationToken);

    /// <summary>
    /// Asks for an answer of a type, and hands it out each time that more of it has come. The last one is complete. Where the answer does not fit, the
    /// last one is that of a second call.
    /// </summary>
    /// <typeparam name="T">A type with <see cref="StructuredAnswerAttribute"/>.</typeparam>
    /// <param name="group">The group to ask.</param>
    /// <param name="prompt">What the user says.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call; the connection is dropped at once, as it is when the enumeration stops early.</param>
    /// <exception cref="RoutingException">While enumerating: no deployment could answer, or the stream broke.</exception>
    /// <exception cref="StructuredAnswerException">While enumerating: the answer does not fit, also after a repair.</exception>
    public static IAsyncEnumerable<PartialAnswer<T>> StreamAsync<T>(this ChatGroup group, string prompt, ChatOptions? options = null, CancellationToken cancellationToken = default)
        where T : IStructuredAnswer<T> =>
        StructuredStream.PlayAsync(Call(group, EmittedBinding<T>.Instance, ChatGroup.Prompt(prompt), options, null), cancellationToken);

    /// <inheritdoc cref="StreamAsync{T}(ChatGroup, string, ChatOptions?, CancellationToken)"/>
    /// <param name="group">The group to ask.</param>
    /// <param name="messages">The conversation; at least one message.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call; the connection is dropped at once, as it is when the enumeration stops early.</param>
    public static IAsyncEnumerable<PartialAnswer<T>> StreamAsync<T>(this ChatGroup group, IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        where T : IStructuredAnswer<T> =>
        StructuredStream.PlayAsync(Call(group, EmittedBinding<T>.Instance, ChatGroup.Conversation(messages), options, null), cancellationToken);

    /// <inheritdoc cref="StreamAsync{T}(ChatGroup, string, ChatOptions?, CancellationToken)"/>
    /// <param name="group">The group to ask.</param>
    /// <param name="prompt">What the user says.</param>
    /// <param name="routing">How the calls are routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call; the connection is dropped at once, as it is when the enumeration stops early.</param>
    [OverloadResolutionPriority(-1)]
    public static IAsyncEnumerable<PartialAnswer<T>> StreamAsync<T>(this ChatGroup group, string prompt, CallOptions routing, ChatOptions? options = null, CancellationToken cancellationToken = default)
        where T : IStructuredAnswer<T> =>
        StructuredStream.PlayAsync(Call(group, EmittedBinding<T>.Instance, ChatGroup.Prompt(prompt), options, routing), cancellationToken);

    /// <inheritdoc cref="StreamAsync{T}(ChatGroup, string, ChatOptions?, CancellationToken)"/>
    /// <param name="group">The group to ask.</param>
    /// <param name="messages">The conversation; at least one message.</param>
    /// <param name="routing">How the calls are routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call; the connection is dropped at once, as it is when the enumeration stops early.</param>
    [OverloadResolutionPriority(-1)]
    public static IAsyncEnumerable<PartialAnswer<T>> StreamAsync<T>(this ChatGroup group, IEnumerable<ChatMessage> messages, CallOptions routing, ChatOptions? options = null, CancellationToken cancellationToken = default)
        where T : IStructuredAnswer<T> =>
        StructuredStream.PlayAsync(Call(group, EmittedBinding<T>.Instance, ChatGroup.Conversation(messages), options, routing), cancellationToken);

    /// <summary>
    /// Asks for an answer of a type that is described by a context of <c>System.Text.Json</c>, and hands it out each time that more of it has come,
    /// as far as the type can be made of that. The last one is complete.
    /// </summary>
    /// <typeparam name="T">The type. Its JSON must be an object.</typeparam>
    /// <param name="group">The group to ask.</param>
    /// <param name="prompt">What the user says.</param>
    /// <param name="type">What the context knows of the type, for example <c>MyContext.Default.Weather</c>.</param>
    /// <param name="options">Options of the request. They may carry how the calls are routed (<see cref="CallOptionsExtensions.WithRouting"/>).</param>
    /// <param name="cancellationToken">Cancels the call; the connection is dropped at once, as it is when the enumeration stops early.</param>
    /// <exception cref="RoutingException">While enumerating: no deployment could answer, or the stream broke.</exception>
    /// <exception cref="StructuredAnswerException">While enumerating: the answer does not fit, also after a repair.</exception>
    /// <exception cref="ArgumentException">The JSON of the type is not an object.</exception>
    [OverloadResolutionPriority(-1)]
    public static IAsyncEnumerable<PartialAnswer<T>> StreamAsync<T>(this ChatGroup group, string prompt, JsonTypeInfo<T> type, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        StructuredStream.PlayAsync(Call(group, Binding(type), ChatGroup.Prompt(prompt), options, null), cancellationToken);

    /// <inheritdoc cref="StreamAsync{T}(ChatGroup, string, JsonTypeInfo{T}, ChatOptions?, CancellationToken)"/>
    /// <param name="group">The group to ask.</param>
    /// <param name="messages">The conversation; at least one message.</param>
    /// <param name="type">What the context knows of the type, for example <c>MyContext.Default.Weather</c>.</param>
    /// <param name="options">Options of the request. They may carry how the calls are routed (<see cref="CallOptionsExtensions.WithRouting"/>).</param>
    /// <param name="cancellationToken">Cancels the call; the connection is dropped at once, as it is when the enumeration stops early.</param>
    [OverloadResolutionPriority(-1)]
    public static IAsyncEnumerable<PartialAnswer<T>> StreamAsync<T>(this ChatGroup group, IEnumerable<ChatMessage> messages, JsonTypeInfo<T> type, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        StructuredStream.PlayAsync(Call(group, Binding(type), ChatGroup.Conversation(messages), options, null), cancellationToken);

    private static StructuredCall<T> Call<T>(ChatGroup group, AnswerBinding<T> binding, IReadOnlyList<ChatMessage> messages, ChatOptions? options, CallOptions? routing)
    {
        ArgumentNullException.ThrowIfNull(group);
        return new StructuredCall<T>(group, binding, messages, options, routing is null ? group.Routing(options) : group.Checked(routing));
    }

    private static ContextBinding<T> Binding<T>(JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return ContextBinding<T>.Of(type);
    }
}
