using System.Globalization;
using AbTest;
using RouterGen;
using RouterGen.Samples;
using static AbTest.Models;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Calls = 600;

await using SampleProviders providers = await SampleProviders.StartAsync();
providers.AnswerWellWithChance("openai/gpt-6-luna", 0.70);
providers.AnswerWellWithChance("anthropic/claude-haiku-5-5", 0.82);

var models = new Models(providers.Options);
var scores = new Dictionary<string, Score> { [Champion] = new(), [Challenger] = new() };

// The experiment: half of the calls each. Each answer is judged, and the judgement belongs to the deployment that answered.
for (int call = 0; call < Calls; call++)
{
    RoutedResponse reply = await models.Support.CompleteAsync("My order B-1742 has not come. Where is it?");
    scores[reply.Deployment].Add(isGood: reply.Text.Contains("B-1742", StringComparison.Ordinal), reply.Cost ?? 0);
}

Console.WriteLine($"{Calls} calls; an answer is good if it names the order.");
foreach ((string name, Score score) in scores)
{
    Interval share = Interval.OfShare(score.Good, score.Count);
    Console.WriteLine($"  {name,-10} {score.Count,4} calls  {score.Good,4} good = {score.Share:P1}  95 % interval {share}  ${score.Cost}");
}

Interval difference = Interval.OfDifference(scores[Challenger], scores[Champion]);
string? winner = difference.Low > 0 ? Challenger : difference.High < 0 ? Champion : null;
Console.WriteLine($"  challenger - champion: {difference}");
Console.WriteLine(winner is null ? "No winner: the interval holds zero, so go on with the experiment." : $"The winner is the {winner}: the interval does not hold zero.");

// The winner gets nine of ten calls from now on; the other one keeps the rest, so that a change of its quality is seen.
foreach (Deployment deployment in models.Support.Deployments) deployment.SetWeight(winner is null ? 0.5 : deployment.Name == winner ? 0.9 : 0.1);
Dictionary<string, int> shares = [];
for (int call = 0; call < 100; call++)
{
    RoutedResponse reply = await models.Support.CompleteAsync("My order B-1742 has not come. Where is it?");
    shares[reply.Deployment] = shares.GetValueOrDefault(reply.Deployment) + 1;
}

Console.WriteLine($"The next 100 calls: {string.Join(", ", shares.OrderByDescending(share => share.Value).Select(share => $"{share.Value} to the {share.Key}"))}.");
return winner == Challenger ? 0 : 1;
