using Microsoft.Extensions.AI;

namespace RouterGen.Gateway.Kinds;

/// <summary>A text that goes on, as events: https://platform.openai.com/docs/api-reference/completions/create.</summary>
/// <param name="endpoint">Writes what whole texts have too.</param>
/// <param name="id">The request.</param>
/// <param name="model">What the client calls the model.</param>
/// <param name="wantsUsage">Whether the client asks for what was counted.</param>
internal sealed class CompletionEvents(CompletionsEndpoint endpoint, string id, string model, bool wantsUsage) : KindEvents<CompletionUpdate>
{
    private protected override void Write(CompletionUpdate update)
    {
        bool isLast = update is RoutedCompletionUpdate;
        WriteData(json =>
        {
            endpoint.WriteHead(json, id, model);
            CompletionsEndpoint.WriteChoice(json, update.Text, update.Tokens, isLast ? update.FinishReason ?? ChatFinishReason.Stop : update.FinishReason);
        });
        if (!isLast) return;
        if (wantsUsage)
        {
            WriteData(json =>
            {
                endpoint.WriteHead(json, id, model);
                CompletionsEndpoint.WriteCounts(json, update.Usage);
            });
        }

        WriteDone();
    }
}
