using System.Diagnostics;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Keys;

/// <summary>While the store is away, costs are on disk, within a limit; all of them are in the store afterwards, each once, also if another process brings them there.</summary>
public sealed class SpoolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("spool").FullName;

    private string[] Files => Directory.GetFiles(_folder, "*.spool");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Costs_are_on_disk_while_the_store_is_away_and_in_the_store_once_afterwards()
    {
        var store = new FailingStore();
        await using KeyWorld world = await StartAsync(store);
        string key = await world.KeyAsync("""{"max_budget":1.5}""");
        await world.ChatAsync(key);
        await world.SpendAsync(key);
        store.IsAway = true;
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 2; i++) Assert.Equal(200, (await world.ChatAsync(key)).Status);
            await world.ReadAsync("/spend/logs", 503);
        }

        Assert.NotEmpty(Files);
        Assert.True(!OperatingSystem.IsLinux() || File.GetUnixFileMode(Files[0]) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        string all = string.Join('\n', Files.Select(File.ReadAllText));
        foreach (string secret in (string[])[key, KeyWorld.Master, "Hello"]) Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        store.IsAway = false;
        Assert.Equal(7 * 0.15m, await world.SpendAsync(key));
        Assert.Equal(7, (await world.ReadAsync("/spend/logs")).AsArray().Count);
        Assert.Empty(Files);

        // What is left of the budget is what the store says: costs that were on disk count once here, too.
        for (int i = 0; i < 3; i++) Assert.Equal(200, (await world.ChatAsync(key)).Status);
        Assert.Equal(429, (await world.ChatAsync(key)).Status);
    }

    [Fact]
    public async Task Nothing_waits_in_memory_alone_for_longer_than_a_flush()
    {
        var store = new FailingStore();
        await using KeyWorld world = await StartAsync(store);
        string key = await world.KeyAsync();
        await world.ChatAsync(key);
        store.IsAway = true;
        await world.ReadAsync("/spend/logs", 503);
        store.Looked.Clear();
        long before = Length();
        for (int i = 0; i < 5; i++)
        {
            await world.ChatAsync(key);
            await Wait.UntilAsync(() =>
            {
                world.Time.Advance(TimeSpan.FromMilliseconds(20));
                return Length() > before;
            });
            before = Length();
        }

        long Length() => Files.Sum(static file => new FileInfo(file).Length);
    }

    [Fact]
    public async Task The_next_process_brings_them_to_the_store_and_what_was_there_already_counts_once()
    {
        var store = new FailingStore();
        string key;
        await using (KeyWorld world = await StartAsync(store))
        {
            key = await world.KeyAsync();
            await world.ChatAsync(key);
            store.LosesAnswers = true; // It is in the store, and on disk.
            await world.ReadAsync("/spend/logs");
            store.LosesAnswers = false;
            store.IsAway = true;
            for (int i = 0; i < 3; i++) await world.ChatAsync(key);
        } // The end of the process.

        Assert.NotEmpty(Files);
        await using (KeyWorld again = await StartAsync(store)) await again.ChatAsync(KeyWorld.Master); // The store is still away.
        store.IsAway = false;
        await using KeyWorld next = await StartAsync(store);
        await next.ReadAsync("/spend/logs");
        Assert.Equal(4 * 0.15m, await next.SpendAsync(key));
        Assert.Equal(5, (await next.ReadAsync("/spend/logs")).AsArray().Count);
        Assert.Empty(Files);
        Assert.DoesNotContain("the costs of", next.Logs.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task A_record_that_was_being_written_is_ignored(int missing)
    {
        var store = new FailingStore();
        string key = await FillAsync(store, 3);
        byte[] bytes = File.ReadAllBytes(Files[^1]);
        File.WriteAllBytes(Files[^1], bytes[..^missing]);
        await using KeyWorld next = await StartAsync(store);
        await next.ReadAsync("/spend/logs");
        Assert.Equal(2 * 0.15m, await next.SpendAsync(key));
        Assert.Empty(Directory.GetFiles(_folder, "spend-*"));
        Assert.Contains("153 The last", next.Logs.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zeros_of_a_file_that_grew_before_a_loss_of_power_are_ignored()
    {
        var store = new FailingStore();
        string key = await FillAsync(store, 3);
        File.AppendAllText(Files[^1], new string('\0', 4096));
        await using KeyWorld next = await StartAsync(store);
        await next.ReadAsync("/spend/logs");
        Assert.Equal(3 * 0.15m, await next.SpendAsync(key));
        Assert.Empty(Directory.GetFiles(_folder, "spend-*"));
    }

    [Fact]
    public async Task What_is_damaged_is_told_and_kept_for_people()
    {
        var store = new FailingStore();
        string key = await FillAsync(store, 3);
        string file = Files[0];
        byte[] bytes = File.ReadAllBytes(file);
        int second = 8 + BitConverter.ToInt32(bytes);
        bytes[second + 20] ^= 1;
        File.WriteAllBytes(file, bytes);
        await using KeyWorld next = await StartAsync(store);
        await next.ReadAsync("/spend/logs");
        Assert.Equal(0.15m, await next.SpendAsync(key));
        Assert.Contains($"152 Of the costs of requests that were kept on disk, {bytes.Length - second} bytes cannot be read", next.Logs.All, StringComparison.Ordinal);
        Assert.Equal([file + ".damaged"], Directory.GetFiles(_folder, "spend-*"));
    }

    [Fact]
    public async Task What_does_not_fit_on_disk_waits_in_memory_and_what_does_not_fit_there_is_counted()
    {
        var store = new FailingStore();
        await using KeyWorld world = await StartAsync(store, static options =>
        {
            options.Keys.SpoolMaxBytes = 1200;
            options.Keys.QueueCapacity = 2;
        });
        string key = await world.KeyAsync();
        await world.ChatAsync(key);
        await world.SpendAsync(key);
        store.IsAway = true;
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(200, (await world.ChatAsync(key)).Status);
            await world.ReadAsync("/spend/logs", 503);
        }

        Assert.InRange(Files.Sum(static file => new FileInfo(file).Length), 1, 1200);
        Assert.Single(world.Logs.All.Split('\n'), static line => line.Contains("151 Costs of requests fill the 1200 bytes", StringComparison.Ordinal));
        store.IsAway = false;
        await world.ReadAsync("/spend/logs");
        Assert.Equal(21, (await world.ReadAsync("/spend/logs")).AsArray().Count); // All of them were looked after by the batch in memory.
        Assert.Empty(Files);
    }

    [Fact]
    public async Task A_full_disk_fails_no_request_and_is_told_once()
    {
        if (!await MountAsync()) Assert.Skip("Only root can make a disk that is full.");
        try
        {
            string folder = Path.Combine(_folder, "disk", "spool");
            var store = new FailingStore();
            await using KeyWorld world = await StartAsync(store, options => options.Keys.SpoolFolder = folder);
            string key = await world.KeyAsync();
            await world.ChatAsync(key);
            await world.SpendAsync(key);
            store.IsAway = true;
            await world.ChatAsync(key);
            await world.ReadAsync("/spend/logs", 503);
            try
            {
                using FileStream filler = File.Create(Path.Combine(_folder, "disk", "filler"));
                byte[] bytes = new byte[4096];
                while (true) filler.Write(bytes);
            }
            catch (IOException)
            {
                // It is full now.
            }

            for (int i = 0; i < 40; i++)
            {
                Assert.Equal(200, (await world.ChatAsync(key)).Status);
                if (i % 4 == 0) await world.ReadAsync("/spend/logs", 503);
            }

            Assert.Single(world.Logs.All.Split('\n'), static line => line.Contains("150 Costs of requests cannot be kept on disk", StringComparison.Ordinal));
            File.Delete(Path.Combine(_folder, "disk", "filler"));
            store.IsAway = false;
            Assert.Equal(42 * 0.15m, await world.SpendAsync(key));
            Assert.Empty(Directory.GetFiles(folder, "spend-*"));
        }
        finally
        {
            await RunAsync("umount", "-l", Path.Combine(_folder, "disk"));
        }
    }

    [Fact]
    public async Task A_folder_is_one_process_at_a_time()
    {
        var store = new FailingStore();
        await using KeyWorld one = await StartAsync(store);
        await using KeyWorld other = await StartAsync(store);
        Assert.Contains("150 Costs of requests cannot be kept on disk", other.Logs.All, StringComparison.Ordinal);
        string key = await one.KeyAsync();
        await one.ChatAsync(key);
        await other.ChatAsync(key);
        store.IsAway = true;
        await one.ChatAsync(key);
        await other.ChatAsync(key);
        await one.ReadAsync("/spend/logs", 503);
        await other.ReadAsync("/spend/logs", 503);
        store.IsAway = false;
        await one.SpendAsync(key);
        Assert.Equal(4 * 0.15m, await other.SpendAsync(key));
    }

    [Fact]
    public void Many_rows_go_through_files_of_a_limited_size()
    {
        string folder = Path.Combine(_folder, "many");
        using (var spool = new Spend.SpendSpool(folder, long.MaxValue))
        {
            spool.Open();
            for (int batch = 0; batch < 12; batch++) Assert.Equal(5000, spool.Append([.. Enumerable.Range(0, 5000).Select(i => Row($"{batch}-{i}"))]));
        }

        Assert.True(Directory.GetFiles(folder, "*.spool").Length > 1);
        var read = new HashSet<string>();
        using var again = new Spend.SpendSpool(folder, long.MaxValue);
        again.Open();
        while (again.Read(700, static (_, _) => Assert.Fail()) is { } rows)
        {
            Assert.False(rows.IsOwn);
            foreach (GatewaySpend row in rows.Rows) Assert.True(read.Add(row.Id));
            again.Advance();
        }

        Assert.Equal(60_000, read.Count);
        Assert.True(again.IsEmpty);
    }

    [Fact]
    public void A_row_comes_back_as_it_was()
    {
        GatewaySpend row = Row("r") with { Duration = TimeSpan.FromTicks(7), Endpoint = "/e", Deployment = "d", Status = 499, InputTokens = 1, OutputTokens = 2, Cost = 0.000000000001m, TeamId = "t", UserId = "u", EndUser = "ü\"", Tags = ["a", ""] };
        using var stream = new MemoryStream();
        Spend.SpoolRecord.Write(stream, row);
        GatewaySpend read = Spend.SpoolRecord.Read(stream.ToArray(), out int length)!;
        Assert.Equal(stream.Length, length);
        Assert.Equal(row.Tags, read.Tags);
        Assert.Equal(row.Charges, read.Charges);
        Assert.Equal(row, read with { Tags = row.Tags, Charges = row.Charges });
        for (int i = 0; i < length; i++) Assert.Null(Spend.SpoolRecord.Read(stream.ToArray().AsSpan(0, i), out _));
    }

    private static GatewaySpend Row(string id) => new()
    {
        Id = id,
        At = new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero).AddTicks(1),
        Group = "chat",
        Model = "openai/gpt-6-luna",
        KeyId = new string('k', 64),
        Cost = 0.1m,
        Charges = [new(AccountKind.Key, new string('k', 64), DateTimeOffset.UnixEpoch.AddTicks(3)), new(AccountKind.Team, "t", DateTimeOffset.UnixEpoch)],
    };

    private Task<KeyWorld> StartAsync(FailingStore store, Action<GatewayOptions>? configure = null) => KeyWorld.StartAsync(store, options =>
    {
        options.Keys.SpoolFolder = _folder;
        configure?.Invoke(options);
    });

    // Leaves costs of so many requests on disk, as a process does that ends while its store is away.
    private async Task<string> FillAsync(FailingStore store, int requests)
    {
        string key;
        await using (KeyWorld world = await StartAsync(store))
        {
            key = await world.KeyAsync();
            await world.ReadAsync($"/key/info?key={key}");
            Assert.Equal(200, (await world.World.GetAsync("/v1/models", ("authorization", $"Bearer {key}"))).Status);
            store.IsAway = true;
            for (int i = 0; i < requests; i++) Assert.Equal(200, (await world.ChatAsync(key)).Status);
        }

        store.IsAway = false;
        return key;
    }

    private async Task<bool> MountAsync()
    {
        string disk = Directory.CreateDirectory(Path.Combine(_folder, "disk")).FullName;
        return OperatingSystem.IsLinux() && Environment.UserName == "root" && await RunAsync("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk);
    }

    private static async Task<bool> RunAsync(params string[] command)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
