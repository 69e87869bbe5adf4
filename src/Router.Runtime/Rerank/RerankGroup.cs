using System.Runtime.CompilerServices;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A group of models that rank documents: a call goes to one of its deployments, and when that one fails, to the next. Thread-safe.</summary>
/// <remarks>
/// The documents of a call go to one deployment in one request, and are never divided: some models score a document by the others beside it, and
/// scores of different models cannot be compared. A deployment that takes fewer is passed over (<see cref="DeploymentAttribute.MaxBatchTexts"/>).
/// All methods that ask throw <see cref="RoutingException"/> when no deployment could answer,
/// <see cref="OperationCanceledException"/> when, and only when, the caller cancelled, and <see cref="ArgumentException"/> where the query is empty,
/// there is no document, or one is null or empty. An answer with a document that was not sent, with one twice, with fewer than asked for, or with
/// scores that are not finite, is never handed on.
/// </remarks>
public abstract class RerankGroup : ModelGroup
{
    private static readonly WholeBackground<WholeAttempt<RerankAnswers, RoutedRanking>, RoutedRanking> Background = new(new RerankRequest("Hi", new[] { "Hi" }));

    /// <summary>Makes a group. Called by emitted code.</summary>
    protected RerankGroup(RouterContext context, GroupDefinition definition) : base(context, definition, Background)
    {
    }

    /// <summary>Asks for documents in the order of how well they answer a query.</summary>
    /// <param name="query">What they are to answer.</param>
    /// <param name="documents">The documents, at least one.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <returns>The documents that are wanted, best first.</returns>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    public Task<RoutedRanking> RerankAsync(string query, IEnumerable<string> documents, RerankOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(query, documents, options, CallOptions.Of(options), async: true, cancellationToken).AsTask();

    /// <summary>Asks for documents in the order of how well they answer a query.</summary>
    /// <param name="query">What they are to answer.</param>
    /// <param name="documents">The documents, at least one.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <returns>The documents that are wanted, best first.</returns>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<RoutedRanking> RerankAsync(string query, IEnumerable<string> documents, CallOptions routing, RerankOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(query, documents, options, routing, async: true, cancellationToken).AsTask();

    /// <summary>Asks for documents in the order of how well they answer a query and blocks until they are there, on the caller's thread.</summary>
    /// <param name="query">What they are to answer.</param>
    /// <param name="documents">The documents, at least one.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <returns>The documents that are wanted, best first.</returns>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    public RoutedRanking Rerank(string query, IEnumerable<string> documents, RerankOptions? options = null, CancellationToken cancellationToken = default) =>
        Run(query, documents, options, CallOptions.Of(options), cancellationToken);

    /// <summary>Asks for documents in the order of how well they answer a query and blocks until they are there, on the caller's thread.</summary>
    /// <param name="query">What they are to answer.</param>
    /// <param name="documents">The documents, at least one.</param>
    /// <param name="routing">How the call is routed; what <paramref name="options"/> carry of that has no effect.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels the call, also at the provider.</param>
    /// <returns>The documents that are wanted, best first.</returns>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="ArgumentException">The group has no <see cref="CallOptions.Deployment"/> of that name.</exception>
    /// <exception cref="NotSupportedException">The <see cref="RouterOptions.Transport"/> cannot send synchronously.</exception>
    [OverloadResolutionPriority(-1)]
    public RoutedRanking Rerank(string query, IEnumerable<string> documents, CallOptions routing, RerankOptions? options = null, CancellationToken cancellationToken = default) =>
        Run(query, documents, options, routing, cancellationToken);

    private RoutedRanking Run(string query, IEnumerable<string> documents, RerankOptions? options, CallOptions routing, CancellationToken cancellationToken) =>
        WholeCall.Finished(RunAsync(query, documents, options, routing, async: false, cancellationToken));

    private ValueTask<RoutedRanking> RunAsync(string query, IEnumerable<string> documents, RerankOptions? options, CallOptions routing, bool async, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(query);
        string[] all = CallTexts.Of(documents, "document", "there is nothing to rank");
        Checked(routing);
        string? leftOut = Choose(options?.ModelId, ref routing);
        return WholeCall.AskAsync<RerankAnswers, RoutedRanking>(State, new RerankRequest(query, all, options) { LeftOut = leftOut }, routing, async, cancellationToken);
    }
}
