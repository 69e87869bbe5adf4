namespace RouterGen.Runtime.Tests;

public class RetryBudgetTests
{
    private readonly RetryBudget _budget = new();

    [Fact]
    public void It_starts_with_a_hundred_retries_and_no_more_fit_in()
    {
        for (int i = 0; i < 1_000; i++) _budget.Deposit();
        Assert.Equal(100, TakeAll());
        Assert.False(_budget.TryTake());
    }

    [Fact]
    public void Five_calls_earn_one_retry()
    {
        TakeAll();
        for (int i = 0; i < 4; i++) _budget.Deposit();
        Assert.False(_budget.TryTake());
        _budget.Deposit();
        Assert.True(_budget.TryTake());
        Assert.False(_budget.TryTake());
    }

    [Fact]
    public void Threads_take_each_retry_once()
    {
        int taken = 0;
        Threads.RunTogether(16, _ =>
        {
            while (_budget.TryTake()) Interlocked.Increment(ref taken);
        });
        Assert.Equal(100, taken);
    }

    [Fact]
    public void Deposits_of_many_threads_never_give_more_than_they_are_worth()
    {
        TakeAll();
        Threads.RunTogether(8, _ =>
        {
            for (int i = 0; i < 20; i++) _budget.Deposit();
        });
        Assert.InRange(TakeAll(), 4, 32);
    }

    private int TakeAll()
    {
        int taken = 0;
        while (_budget.TryTake()) taken++;
        return taken;
    }
}
