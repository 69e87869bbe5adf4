using System.Globalization;
using RouterGen;
using RouterGen.FakeProviders;
using RouterGen.Samples;
using Search;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
await using SampleProviders providers = await SampleProviders.StartAsync();
var models = new Models(providers.Options);
string[] notes =
[
    "The train to Bern leaves at nine from platform four.",
    "Tickets for the train are sold at the counter until eight.",
    "Bread is made of flour, water and salt.",
    "The bakery opens at six and sells bread and coffee.",
    "A cat sleeps most of the day.",
    "The museum of Bern is closed on Mondays.",
];

// Texts that mean the same have vectors that are near each other. All vectors of an index must be of one model.
RoutedEmbeddings vectors = await models.Vectors.EmbedAsync(notes);
var index = new VectorIndex();
for (int i = 0; i < notes.Length; i++) index.Add(notes[i], vectors[i].Vector);
Console.WriteLine($"{index.Count} notes, vectors of {vectors[0].Vector.Length:N0} numbers [{vectors.ModelUsed}, ${vectors.Cost}]");

const string Question = "When does the train to Bern leave?";
RoutedEmbeddings query = await models.Vectors.EmbedAsync(Question);
string[] found = [.. index.Nearest(query.Vector, 4)];
Console.WriteLine($"{Question}\n  near: {string.Join(" | ", found)}");

// Vectors are quick and rough. A model that reads the question and each text finds the best of those. Here the first one is down.
providers["voyage/rerank-2.5"].Always(Fault.Status(503));
RoutedRanking ranking = await models.Ranks.RerankAsync(Question, found, new RerankOptions { TopN = 2 });
foreach (RankedDocument ranked in ranking) Console.WriteLine($"  {ranked.Score:F2}  {ranked.Document}");
Console.WriteLine($"  [{ranking.ModelUsed}, after {ranking.Attempts.Count} attempts, ${ranking.Cost}]");

RoutedResponse reply = await models.Answers.CompleteAsync($"Answer from this note alone: {ranking[0].Document} Question: {Question}");
Console.WriteLine($"{reply.Text}  [{reply.ModelUsed}]");
return ranking[0].Document == notes[0] && ranking.Attempts.Count == 2 ? 0 : 1;

[ModelGroup("vectors")]
[Deployment("openai/text-embedding-3-small", Group = "vectors")]
[ModelGroup("ranks")]
[Deployment("voyage/rerank-2.5", Group = "ranks")]
[Deployment("cohere/rerank-v4.0-pro", Group = "ranks", Order = 1, EndpointEnv = "COHERE_BASE_URL")]
[ModelGroup("answers")]
[Deployment("openai/gpt-6-luna", Group = "answers")]
internal sealed partial class Models;
