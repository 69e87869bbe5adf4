using Microsoft.Extensions.AI;

namespace RouterGen.Gateway.Kinds;

/// <summary>A text that goes on, as events: https://platform.openai.com/docs/api-reference/completions/create.</summary>
/// <param name="id">The request.</param>
/// <param name="model">What the client calls the model.</param>
/// <param name="wantsUsage">Whether the client asks for what was counted.</param>
/// <param name="time">The clock.</param>
internal sealed class CompletionEvents(string id, string model, bool wantsUsage, TimeProvider time) : KindEvents<CompletionUpdate>
{
    private protected override void Write(CompletionUpdate update)
    {
        bool isLast = update is RoutedCompletionUpdate;
        WriteData(json =>
        {
            CompletionJson.WriteHead(json, id, model, time.GetUtcNow());
            CompletionJson.WriteChoice(json, update.Text, update.Tokens, isLast ? update.FinishReason ?? ChatFinishReason.Stop : update.FinishReason);
        });
        if (!isLast) return;
        if (wantsUsage)
        {
            WriteData(json =>
            {
                CompletionJson.WriteHead(json, id, model, time.GetUtcNow());
                CompletionJson.WriteCounts(json, update.Usage);
            });
        }

        WriteDone();
    }
}
