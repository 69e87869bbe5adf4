using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Plays a stream of text as values that fill up.</summary>
internal static class StructuredStream
{
    public static async IAsyncEnumerable<PartialAnswer<T>> PlayAsync<T>(StructuredCall<T> call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var played = new PlayedStream();
        var prefix = new JsonPrefix();
        RoutedResponseUpdate? last = null;
        bool isExact = true;
        bool hasPieces = false;
        await foreach (ChatResponseUpdate update in call.Stream(cancellationToken).ConfigureAwait(false))
        {
            played.Add(update);
            last = update as RoutedResponseUpdate ?? last;
            foreach (AIContent content in update.Contents)
            {
                hasPieces |= content is AnswerPieceContent;
                if (content is AnswerPieceContent piece) prefix.Append(piece.Text);
                else if (!hasPieces || content is not FunctionCallContent) prefix.Append(call.TextOf(content));
            }

            if (!prefix.TakeChange(ignoreEnds: isExact)) continue;
            if (call.Binding.TryReadPartial(prefix.Complete(out long openString), openString, out T? value, out isExact)) yield return new PartialAnswer<T>(value);
        }

        RoutedResponse response = RoutedResponse.Of(played.ToResponse());
        if (last is not null) response.Attach(last.Route);
        response.Mechanism = last?.Mechanism;
        yield return new PartialAnswer<T>(await call.FinishAsync(response, cancellationToken).ConfigureAwait(false));
    }
}
