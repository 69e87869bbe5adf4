using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// Asks the deployments of a group, one after the other, how many tokens a request has. That is no call: it takes nothing of limits and budgets,
/// waits for none, and changes neither figures nor health of a deployment, because what counts is another part of the API, with limits and
/// outages of its own. What fails to count is left alone for a while, by counting alone.
/// </summary>
/// <param name="group">The group.</param>
internal sealed class TokenCounting(GroupState group)
{
    // A provider counts in a fraction of a second, and there is an estimate for what takes longer.
    private static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RestWithoutCounter = TimeSpan.FromMinutes(10);

    private readonly long[] _restsUntil = new long[group.Deployments.Length];

    private RouterContext Router => group.Router;

    /// <summary>Counts, or estimates where no deployment can count.</summary>
    /// <param name="request">The request.</param>
    /// <param name="routing">How a call with it would be routed.</param>
    /// <param name="caller">Cancels the request.</param>
    /// <exception cref="RoutingCanceledException">The caller cancelled.</exception>
    /// <exception cref="ArgumentException">What the caller gave throws when it is read.</exception>
    public async ValueTask<TokenCount> CountAsync(ChatRequest request, CallOptions routing, CancellationToken caller)
    {
        List<Attempt> attempts = [];
        CallClock clock = Router.StartCall(routing.Timeout ?? group.Settings.Timeout, caller);
        try
        {
            var call = new CallProfile(request, routing, Tokens: 0);
            foreach (Deployment deployment in Candidates(call))
            {
                if (caller.IsCancellationRequested || clock.Remaining <= TimeSpan.Zero || attempts.Count == routing.MaxAttempts) break;
                if (ContextOf(deployment, call, clock) is not { } context) continue;
                long started = Router.Clock.Now;
                AttemptResult<TokenCount> result = await WholeAttempt<TokenCountAnswers, TokenCount>.RunAsync(context, async: true).ConfigureAwait(false);
                clock.Disarm();
                AttemptFailure? failure = result.Failure is null ? null : FailureLog.Redact(result.Failure, context.Credentials);
                attempts.Add(Attempt.Of(group.Name, deployment.Name, deployment.ModelUsed, Router.Clock.Since(started), failure));
                if (failure is null) return result.Value! with { Attempts = attempts };
                Rest(deployment, call, failure);
            }
        }
        catch (Exception) when (clock.IsCancelledByCaller)
        {
            // Thrown below, with what had been tried.
        }
        finally
        {
            Router.EndCall(clock);
        }

        if (caller.IsCancellationRequested) throw new RoutingCanceledException($"The count of tokens for model group '{group.Name}' was cancelled by its caller.", attempts, caller);
        return new TokenCount { Tokens = TokenEstimate.Of(request), Source = TokenCountSource.Estimate, Attempts = attempts };
    }

    /// <summary>The deployments that could serve the call and are not resting, by their order. A policy of the user's own that refuses one keeps the prompt from it here, too.</summary>
    private IEnumerable<Deployment> Candidates(CallProfile call)
    {
        DeploymentSet unsuitable = group.Suitability.Unsuitable(call);
        SelectionPolicy policy = group.Policy.For(call.Routing.Strategy ?? group.Settings.Strategy);
        foreach (Deployment deployment in group.Deployments.OrderBy(static deployment => deployment.Table.Order(deployment.Index)))
        {
            long now = Router.Clock.Now;
            if (unsuitable.Contains(deployment.Index) || Volatile.Read(ref _restsUntil[deployment.Index]) > now || !deployment.Serves(call, now)) continue;
            if (!policy.DecidesAlone || policy.Pick(new SelectionContext(group.Deployments, [deployment.Index], call, now)) == 0) yield return deployment;
        }
    }

    /// <summary>What a deployment is asked with; null where its API does not count.</summary>
    private AttemptContext? ContextOf(Deployment deployment, in CallProfile call, CallClock clock)
    {
        if (deployment.Definition.Codec is not ChatCodec { Counter: { } codec }) return null;
        Credentials credentials = deployment.CredentialsFor(call.Routing);
        if (credentials.AddressOf(deployment.Definition, codec) is not { } address) return null;
        TimeSpan declared = new CallLimits(group.Settings, call.Routing).AttemptTimeout;
        TimeSpan half = clock.Remaining / 2;
        TimeSpan limit = declared > TimeSpan.Zero ? declared : UsualLimit < half ? UsualLimit : half;
        return new AttemptContext(Router, AttemptScope.Beside(deployment, credentials), clock, call.Request, limit)
        {
            Routing = call.Routing,
            Side = new SideRequest(codec, address),
        };
    }

    private void Rest(Deployment deployment, in CallProfile call, AttemptFailure failure)
    {
        RouterLog.CountFailed(Router.Logger, group.Name, deployment.Name, failure.Kind, failure.StatusCode);
        TimeSpan rest = failure.Kind switch
        {
            _ when failure.IsUnsent || deployment.BringsKey(call) => TimeSpan.Zero, // It is about this request, or this caller's key.
            FailureKind.ModelNotFound or FailureKind.PermissionDenied or FailureKind.AuthenticationFailed => RestWithoutCounter,
            _ when failure.StatusCode is 404 or 405 or 501 => RestWithoutCounter,
            FailureKind.RateLimited when failure.RetryAfter is { } asked => asked < group.Settings.MaxRetryAfter ? asked : group.Settings.MaxRetryAfter,
            _ => FailureRule.For(failure.Kind).Effect is HealthEffect.None ? TimeSpan.Zero : RestAfterFailure,
        };
        Volatile.Write(ref _restsUntil[deployment.Index], Router.Clock.Now + rest.Ticks);
    }
}
