using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// Asks the client of a deployment once. Limits, deadlines and the caller's cancellation cancel the token that the client gets, and the call goes on at
/// once, whether the client obeys or not.
/// </summary>
internal static class ClientAttempt
{
    /// <summary>Asks for a whole answer. Failures are returned; a caller's cancellation is thrown.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<AttemptResult<RoutedResponse>> AskAsync(AttemptContext context, bool async)
    {
        if (WhyUnsupported(context) is { } unsupported) return new(null, unsupported);
        ChatOptions options = ClientCall.OptionsFor(context);
        CallClock clock = context.Clock;
        clock.Arm(context.Limit, CancelCause.AttemptTimeout);
        try
        {
            ChatResponse? response = await ClientCall.AskAsync(context, options, async).ConfigureAwait(false);
            clock.Disarm();
            return response is null ? new(null, new AttemptFailure(FailureKind.InvalidResponse, "The client returned null.") { Detail = "Null" }) : Judge(context, AnswerOf(response, ClientCall.RequestFor(context).Mechanism));
        }
        catch (Exception exception) when (!clock.IsCancelledByCaller)
        {
            return new(null, ClientCall.FailureOf(context, exception));
        }
    }

    /// <summary>Asks for a stream, and reads it up to its first content. Failures are returned; a caller's cancellation is thrown, unless something was counted by then.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<AttemptResult<ProviderStream<ChatResponseUpdate>>> OpenAsync(AttemptContext context)
    {
        if (WhyUnsupported(context) is { } unsupported) return new(null, unsupported);
        CallClock clock = context.Clock;
        var stream = new ClientStream(context, ClientCall.OptionsFor(context)) { Notes = NotesOf(context) };
        clock.Arm(context.Limit, CancelCause.FirstTokenTimeout);
        bool handedOver = false;
        try
        {
            AttemptFailure? failure = await stream.ReadToFirstContentAsync<ChatStreams>(context).ConfigureAwait(false);
            clock.Disarm();
            handedOver = failure is null or { Kind: FailureKind.EmptyResponse };
            return new(handedOver ? stream : null, failure) { Usage = stream.Usage };
        }
        catch (Exception) when (clock.IsCancelledByCaller && stream.Usage is not null)
        {
            return new(null, null) { IsCancelled = true, Usage = stream.Usage };
        }
        finally
        {
            if (!handedOver) stream.Dispose();
        }
    }

    /// <summary>What the model is known not to take is refused before the client is asked, as a codec would.</summary>
    private static AttemptFailure? WhyUnsupported(in AttemptContext context)
    {
        ModelCapabilities lacking = context.Request.Shape.Needs & ~context.Deployment.Capabilities;
        return lacking is ModelCapabilities.None ? null
            : new AttemptFailure(FailureKind.Unsupported, $"{context.Deployment.ModelUsed} does not take what the request holds: {lacking}.") { IsUnsent = true };
    }

    private static AttemptResult<RoutedResponse> Judge(in AttemptContext context, RoutedResponse answer)
    {
        if (NotesOf(context) is { } notes) ChatAnswers.Annotate(answer, notes);
        AttemptFailure? failure = answer.FinishReason == ChatFinishReason.ContentFilter ? ClientStream.Filtered : ChatAnswers.WhyEmpty(answer);
        return new(answer, failure) { Usage = answer.Usage };
    }

    private static List<string>? NotesOf(in AttemptContext context) => context.Request.LeftOut is { } leftOut ? [leftOut] : null;

    /// <summary>
    /// Makes an answer of a client's, which may give the same one to many calls: what is noted in it goes into a copy. A conversation that the provider
    /// keeps is left out, since the next call may go to another deployment.
    /// </summary>
    private static RoutedResponse AnswerOf(ChatResponse response, AnswerMechanism? mechanism)
    {
        RoutedResponse answer = RoutedResponse.Of(response);
        answer.Mechanism = mechanism;
        if (response.Messages.Count > 1) answer.Messages = [.. response.Messages];
        answer.ConversationId = null;
        answer.AdditionalProperties = response.AdditionalProperties?.Clone();
        answer.Usage = ClientCall.Copy(response.Usage);
        return answer;
    }
}
