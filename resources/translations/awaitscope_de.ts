<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AwaitGraph</name>
    <message>
        <source>in a cycle</source>
        <translation>in einem Kreis</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
</context>
<context>
    <name>ChosenFiles</name>
    <message>
        <source>Choose the two recordings to compare</source>
        <translation>Wählen Sie die beiden Aufzeichnungen, die verglichen werden sollen</translation>
    </message>
    <message>
        <source>Recordings (*.awaitscope);;Traces (*.json);;All files (*)</source>
        <translation>Aufzeichnungen (*.awaitscope);;Traces (*.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>%1 is no file on this machine; save it first.</source>
        <translation>%1 ist keine Datei auf diesem Rechner; speichern Sie sie zuerst.</translation>
    </message>
    <message>
        <source>%1 is a folder; drop the recordings that are in it.</source>
        <translation>%1 ist ein Ordner; ziehen Sie die Aufzeichnungen hierher, die darin liegen.</translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>%1 kept the loop for %2 without an await%3.</source>
        <translation>%1 hielt die Schleife %2 lang auf, ohne await%3.</translation>
    </message>
    <message>
        <source>%1 kept the loop %2 without an await, at worst (%3) for %4%5.</source>
        <translation>%1 hielt die Schleife %2 auf, ohne await, am längsten (%3) für %4%5.</translation>
    </message>
    <message>
        <source>; %1 had scheduled it</source>
        <translation>; %1 hatte ihn bestellt</translation>
    </message>
    <message>
        <source>%1 gave way %2 in a row, and did next to nothing in between.</source>
        <translation>%1 machte %2 hintereinander Platz und tat dazwischen so gut wie nichts.</translation>
    </message>
    <message>
        <source>%1 was asked to end %2.</source>
        <translation>%1 wurde %2 gebeten zu enden.</translation>
    </message>
    <message>
        <source>%1 or more tasks of %2 were cancelled in each of %3 seconds.</source>
        <translation>%1 oder mehr Tasks von %2 wurden in jeder von %3 Sekunden abgebrochen.</translation>
    </message>
    <message>
        <source>itself</source>
        <translation>sich selbst</translation>
    </message>
    <message>
        <source>%1, held by %2</source>
        <translation>%1, gehalten von %2</translation>
    </message>
    <message>
        <source>, and so on round %1 tasks</source>
        <translation>, und so fort, reihum %1 Tasks</translation>
    </message>
    <message numerus="yes">
        <source>%Ln jobs of %1 waited for a free thread, at worst for %2; up to %3 were at work or in line.</source>
        <translation>
            <numerusform>%Ln Auftrag von %1 wartete auf einen freien Thread, am längsten %2; bis zu %3 waren in Arbeit oder in der Reihe.</numerusform>
            <numerusform>%Ln Aufträge von %1 warteten auf einen freien Thread, am längsten %2; bis zu %3 waren in Arbeit oder in der Reihe.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 ended without releasing %2%3.</source>
        <translation>%1 endete, ohne %2 freizugeben%3.</translation>
    </message>
    <message numerus="yes">
        <source>; %Ln tasks wait for it</source>
        <translation>
            <numerusform>; %Ln Task wartet darauf</numerusform>
            <numerusform>; %Ln Tasks warten darauf</numerusform>
        </translation>
    </message>
    <message>
        <source>Blocked loop</source>
        <translation>Blockierte Schleife</translation>
    </message>
    <message>
        <source>a step or a callback that keeps the loop for 100 ms or longer</source>
        <translation>ein Schritt oder Callback, der die Schleife 100 ms oder länger aufhält</translation>
    </message>
    <message>
        <source>While it ran nothing else could: every other task, timer and connection of this loop stood still.</source>
        <translation>Währenddessen konnte nichts anderes laufen: alle anderen Tasks, Timer und Verbindungen dieser Schleife standen still.</translation>
    </message>
    <message>
        <source>Await instead of blocking, hand the call to a thread with to_thread(), or split the computation with sleep(0) between its parts.</source>
        <translation>Warten Sie mit await, statt zu blockieren, geben Sie den Aufruf mit to_thread() an einen Thread, oder teilen Sie die Berechnung, mit sleep(0) zwischen ihren Teilen.</translation>
    </message>
    <message>
        <source>Deadlock</source>
        <translation>Verklemmung</translation>
    </message>
    <message>
        <source>tasks that wait for each other in a cycle</source>
        <translation>Tasks, die im Kreis aufeinander warten</translation>
    </message>
    <message>
        <source>None of them can go on unless one is cancelled.</source>
        <translation>Keiner von ihnen kann weiter, solange keiner abgebrochen wird.</translation>
    </message>
    <message>
        <source>Take the locks in the same order everywhere, or hold only one of them at a time.</source>
        <translation>Nehmen Sie die Sperren überall in derselben Reihenfolge, oder halten Sie nur eine auf einmal.</translation>
    </message>
    <message>
        <source>Deadlock with itself</source>
        <translation>Verklemmung mit sich selbst</translation>
    </message>
    <message>
        <source>a task that waits for a lock it holds itself</source>
        <translation>ein Task, der auf eine Sperre wartet, die er selbst hält</translation>
    </message>
    <message>
        <source>A Lock is not re-entrant: the task waits for its own release, which never comes.</source>
        <translation>Eine Sperre kennt ihren Besitzer nicht wieder: der Task wartet auf seine eigene Freigabe, und die kommt nie.</translation>
    </message>
    <message>
        <source>Let the inner part be called with the lock held, or release it before.</source>
        <translation>Rufen Sie den inneren Teil so auf, dass er die Sperre nicht mehr nimmt, oder geben Sie sie vorher frei.</translation>
    </message>
    <message>
        <source>Locks in two orders</source>
        <translation>Sperren in zwei Reihenfolgen</translation>
    </message>
    <message>
        <source>two locks that different tasks take in opposite orders</source>
        <translation>zwei Sperren, die verschiedene Tasks in entgegengesetzter Reihenfolge nehmen</translation>
    </message>
    <message>
        <source>It went well this time; when both tasks hold their first lock at once, they wait for each other for ever.</source>
        <translation>Diesmal ging es gut; wenn beide Tasks zugleich ihre erste Sperre halten, warten sie für immer aufeinander.</translation>
    </message>
    <message>
        <source>Choose one order for these locks and take them in that order everywhere.</source>
        <translation>Legen Sie eine Reihenfolge für diese Sperren fest, und nehmen Sie sie überall in dieser.</translation>
    </message>
    <message>
        <source>Ended holding a lock</source>
        <translation>Mit gehaltener Sperre beendet</translation>
    </message>
    <message>
        <source>a task that ended without releasing a lock that others use</source>
        <translation>ein Task, der endete, ohne eine Sperre freizugeben, die andere brauchen</translation>
    </message>
    <message>
        <source>Nobody releases it any more: whoever wants it waits for ever.</source>
        <translation>Niemand gibt sie mehr frei: wer sie will, wartet für immer.</translation>
    </message>
    <message>
        <source>Hold the lock through scoped() (async with in Python), which releases it on every way out.</source>
        <translation>Halten Sie die Sperre mit scoped() (in Python: async with); das gibt sie auf jedem Weg hinaus frei.</translation>
    </message>
    <message>
        <source>Lock convoy</source>
        <translation>Stau an einer Sperre</translation>
    </message>
    <message>
        <source>a lock that goes from one waiter to the next without ever being free</source>
        <translation>eine Sperre, die von einem Wartenden zum nächsten geht, ohne je frei zu sein</translation>
    </message>
    <message>
        <source>The tasks move at the pace of the lock, one after the other, however many there are.</source>
        <translation>Die Tasks gehen im Takt der Sperre, einer nach dem anderen, wie viele es auch sind.</translation>
    </message>
    <message>
        <source>Hold the lock for shorter, without awaiting meanwhile, or split what it protects.</source>
        <translation>Halten Sie die Sperre kürzer, ohne await unterdessen, oder teilen Sie, was sie schützt.</translation>
    </message>
    <message>
        <source>Starvation</source>
        <translation>Verhungern</translation>
    </message>
    <message>
        <source>a task that is ready for 500 ms or longer while others run</source>
        <translation>ein Task, der 500 ms oder länger bereit ist, während andere laufen</translation>
    </message>
    <message>
        <source>The loop had more to do than it could: what was ready had to wait for its turn.</source>
        <translation>Die Schleife hatte mehr zu tun, als sie konnte: was bereit war, musste warten, bis es an die Reihe kam.</translation>
    </message>
    <message>
        <source>Do less in a turn: limit how many tasks run at once with a semaphore, or spread the work over threads or processes.</source>
        <translation>Tun Sie weniger in einer Runde: begrenzen Sie mit einem Semaphor, wie viele Tasks zugleich laufen, oder verteilen Sie die Arbeit auf Threads oder Prozesse.</translation>
    </message>
    <message>
        <source>Task leak</source>
        <translation>Liegengebliebene Tasks</translation>
    </message>
    <message>
        <source>tasks that are never resumed, or of which there are more and more</source>
        <translation>Tasks, die nie weiterlaufen, oder von denen es immer mehr gibt</translation>
    </message>
    <message>
        <source>See what they wait for, and who was to wake them; put a timeout around the wait, and create them in a task group.</source>
        <translation>Sehen Sie nach, worauf sie warten und wer sie wecken sollte; begrenzen Sie das Warten mit einem timeout, und erzeugen Sie sie in einer Task-Gruppe.</translation>
    </message>
    <message>
        <source>Destroyed while pending</source>
        <translation>Zerstört, bevor es fertig war</translation>
    </message>
    <message>
        <source>a task that was destroyed before it had ended</source>
        <translation>ein Task, der zerstört wurde, bevor er endete</translation>
    </message>
    <message>
        <source>What it was to do was not done, and nobody was told.</source>
        <translation>Was er tun sollte, wurde nicht getan, und niemand erfuhr davon.</translation>
    </message>
    <message>
        <source>Keep the task and await it, or cancel it before the loop is closed.</source>
        <translation>Behalten Sie den Task und warten Sie auf ihn, oder brechen Sie ihn ab, bevor die Schleife geschlossen wird.</translation>
    </message>
    <message>
        <source>Never awaited</source>
        <translation>Nie darauf gewartet</translation>
    </message>
    <message>
        <source>a coroutine that was called but never awaited</source>
        <translation>eine Koroutine, die aufgerufen wurde, auf die aber niemand wartete</translation>
    </message>
    <message>
        <source>Calling a coroutine function runs nothing of it.</source>
        <translation>Eine Koroutinenfunktion aufzurufen führt nichts von ihr aus.</translation>
    </message>
    <message>
        <source>Await it, or make it a task with create_task().</source>
        <translation>Warten Sie mit await darauf, oder machen Sie mit create_task() einen Task daraus.</translation>
    </message>
    <message>
        <source>Exception never retrieved</source>
        <translation>Fehler nie abgeholt</translation>
    </message>
    <message>
        <source>a task or future that failed, and whose exception nobody took</source>
        <translation>ein Task oder Future, der fehlschlug und dessen Ausnahme niemand nahm</translation>
    </message>
    <message>
        <source>It failed in silence: the program goes on as if it had not.</source>
        <translation>Es schlug still fehl: das Programm geht weiter, als wäre nichts geschehen.</translation>
    </message>
    <message>
        <source>Await the task, look at its exception() in a done callback, or run it in a task group.</source>
        <translation>Warten Sie auf den Task, sehen Sie in einem Done-Callback nach seiner exception(), oder lassen Sie ihn in einer Task-Gruppe laufen.</translation>
    </message>
    <message>
        <source>Swallowed cancellation</source>
        <translation>Verschluckter Abbruch</translation>
    </message>
    <message>
        <source>a task that was asked to end, and went on</source>
        <translation>ein Task, der gebeten wurde zu enden und weiterlief</translation>
    </message>
    <message>
        <source>Timeouts, task groups and a clean end of the program rely on a cancelled task to end.</source>
        <translation>Zeitgrenzen, Task-Gruppen und ein sauberes Ende des Programms verlassen sich darauf, dass ein abgebrochener Task endet.</translation>
    </message>
    <message>
        <source>Catch CancelledError only to clean up, and throw it again.</source>
        <translation>Fangen Sie CancelledError nur, um aufzuräumen, und werfen Sie es wieder.</translation>
    </message>
    <message>
        <source>Cancel storm</source>
        <translation>Flut von Abbrüchen</translation>
    </message>
    <message>
        <source>one task cancelled again and again, or hundreds a second for seconds</source>
        <translation>ein Task, der immer wieder abgebrochen wird, oder Hunderte je Sekunde, sekundenlang</translation>
    </message>
    <message>
        <source>The work that was begun is thrown away, and cancelling it costs time in which nothing else runs.</source>
        <translation>Begonnene Arbeit wird weggeworfen, und sie abzubrechen kostet Zeit, in der nichts anderes läuft.</translation>
    </message>
    <message>
        <source>Begin less: limit how many run at once, and give timeouts that can be met.</source>
        <translation>Beginnen Sie weniger: begrenzen Sie, wie viele zugleich laufen, und setzen Sie Zeitgrenzen, die einzuhalten sind.</translation>
    </message>
    <message>
        <source>Missed task_done()</source>
        <translation>task_done() versäumt</translation>
    </message>
    <message>
        <source>a join() that waits for a queue which is empty and whose consumers are done</source>
        <translation>ein join(), das auf eine Warteschlange wartet, die leer ist und deren Abnehmer fertig sind</translation>
    </message>
    <message>
        <source>Some item that was taken was never reported as done: the join() waits for ever.</source>
        <translation>Ein Element wurde genommen und nie als erledigt gemeldet: das join() wartet für immer.</translation>
    </message>
    <message>
        <source>Call task_done() once for each item taken, also where its work fails.</source>
        <translation>Rufen Sie task_done() einmal für jedes genommene Element auf, auch wo die Arbeit daran fehlschlägt.</translation>
    </message>
    <message>
        <source>Queue full</source>
        <translation>Warteschlange voll</translation>
    </message>
    <message>
        <source>a bounded queue that is full most of the time</source>
        <translation>eine begrenzte Warteschlange, die meist voll ist</translation>
    </message>
    <message>
        <source>Its producers move at the pace of its consumers, and each item is as old as the queue is long.</source>
        <translation>Wer einstellt, geht im Takt derer, die abnehmen, und jedes Element ist so alt, wie die Warteschlange lang ist.</translation>
    </message>
    <message>
        <source>That may be as meant; otherwise add consumers, or make them quicker.</source>
        <translation>Das mag so gemeint sein; sonst fügen Sie Abnehmer hinzu, oder machen Sie sie schneller.</translation>
    </message>
    <message>
        <source>Queue grows without end</source>
        <translation>Warteschlange wächst ohne Ende</translation>
    </message>
    <message>
        <source>an unbounded queue that only grows</source>
        <translation>eine unbegrenzte Warteschlange, die nur wächst</translation>
    </message>
    <message>
        <source>More is put in than is taken out: memory and delay grow until something breaks.</source>
        <translation>Es wird mehr eingestellt als abgenommen: Speicher und Verzug wachsen, bis etwas bricht.</translation>
    </message>
    <message>
        <source>Give the queue a maxsize, so that producers wait, or add consumers.</source>
        <translation>Geben Sie der Warteschlange ein maxsize, damit wartet, wer einstellt, oder fügen Sie Abnehmer hinzu.</translation>
    </message>
    <message>
        <source>Busy yielding</source>
        <translation>Geschäftiges Warten</translation>
    </message>
    <message>
        <source>a task that yields a thousand times in a row, doing next to nothing in between</source>
        <translation>ein Task, der tausendmal hintereinander Platz macht und dazwischen so gut wie nichts tut</translation>
    </message>
    <message>
        <source>It asks again and again instead of waiting: the processor is busy, and all others run later.</source>
        <translation>Er fragt immer wieder nach, statt zu warten: der Prozessor ist beschäftigt, und alle anderen laufen später.</translation>
    </message>
    <message>
        <source>Wait for what it looks for: with an Event, a Condition, a Queue or a Future.</source>
        <translation>Warten Sie auf das, wonach er sieht: mit Event, Condition, Queue oder Future.</translation>
    </message>
    <message>
        <source>Timers fire late</source>
        <translation>Timer kommen spät</translation>
    </message>
    <message>
        <source>timers that fire 50 ms late or more, though no single step blocks the loop</source>
        <translation>Timer, die 50 ms zu spät kommen oder mehr, obwohl kein einzelner Schritt die Schleife blockiert</translation>
    </message>
    <message>
        <source>Sleeps and timeouts take longer than asked for, and what is done at a pace drifts.</source>
        <translation>Schlaf und Zeitgrenzen dauern länger als verlangt, und was im Takt geschieht, gerät aus dem Takt.</translation>
    </message>
    <message>
        <source>The turns of this loop are too long: run fewer tasks at once, or spread the work over threads or processes.</source>
        <translation>Die Runden dieser Schleife sind zu lang: lassen Sie weniger Tasks zugleich laufen, oder verteilen Sie die Arbeit auf Threads oder Prozesse.</translation>
    </message>
    <message>
        <source>Executor saturated</source>
        <translation>Executor ausgelastet</translation>
    </message>
    <message>
        <source>jobs that wait for a free thread</source>
        <translation>Aufträge, die auf einen freien Thread warten</translation>
    </message>
    <message>
        <source>to_thread() and run_in_executor() queue up: what looks parallel is done a few at a time.</source>
        <translation>to_thread() und run_in_executor() stehen an: was nebeneinander aussieht, geschieht zu wenigen auf einmal.</translation>
    </message>
    <message>
        <source>Give the executor more threads, limit the jobs with a semaphore, or use an executor of its own for long ones.</source>
        <translation>Geben Sie dem Executor mehr Threads, begrenzen Sie die Aufträge mit einem Semaphor, oder nehmen Sie für lange einen eigenen.</translation>
    </message>
    <message>
        <source>Call from a wrong thread</source>
        <translation>Aufruf aus einem falschen Thread</translation>
    </message>
    <message>
        <source>a loop called from another thread (the runtime looks only in debug mode)</source>
        <translation>eine Schleife, die aus einem anderen Thread gerufen wird (die Laufzeit prüft das nur im Debug-Modus)</translation>
    </message>
    <message>
        <source>The loop is not woken, and its data is changed under it.</source>
        <translation>Die Schleife wird nicht geweckt, und ihre Daten ändern sich unter ihr.</translation>
    </message>
    <message>
        <source>Use call_soon_threadsafe() or run_coroutine_threadsafe() from other threads.</source>
        <translation>Nehmen Sie aus anderen Threads call_soon_threadsafe() oder run_coroutine_threadsafe().</translation>
    </message>
    <message>
        <source>Slow answers</source>
        <translation>Langsame Antworten</translation>
    </message>
    <message>
        <source>a peer that takes a second or longer to answer while the loop is idle</source>
        <translation>eine Gegenstelle, die eine Sekunde oder länger für eine Antwort braucht, während die Schleife nichts zu tun hat</translation>
    </message>
    <message>
        <source>The time is lost elsewhere: nothing in this program makes it quicker.</source>
        <translation>Die Zeit geht anderswo verloren: nichts in diesem Programm macht es schneller.</translation>
    </message>
    <message>
        <source>Ask several peers at once, set a timeout, or see what the peer does.</source>
        <translation>Fragen Sie mehrere Gegenstellen zugleich, setzen Sie eine Zeitgrenze, oder sehen Sie nach, was die Gegenstelle tut.</translation>
    </message>
    <message>
        <source>Timers of %1 fired late %2, at worst by %3, though no step blocked the loop.</source>
        <translation>Timer von %1 kamen %2 spät, am schlimmsten um %3, obwohl kein Schritt die Schleife blockierte.</translation>
    </message>
    <message>
        <source>%1 passed %2 from one waiter to the next among %3 tasks, for %4 and up to %5 in line.</source>
        <translation>%1 ging %2 von einem Wartenden zum nächsten, unter %3 Tasks, %4 lang und mit bis zu %5 in der Reihe.</translation>
    </message>
    <message>
        <source>%1 took %2 inside %3; %4 had taken %3 inside %2%5.</source>
        <translation>%1 nahm %2 innerhalb von %3; %4 hatte %3 innerhalb von %2 genommen%5.</translation>
    </message>
    <message>
        <source> at %1</source>
        <translation>, bei %1</translation>
    </message>
    <message>
        <source>%1 waits in join() of %2, which is empty, and none of those who took from it has an item any more.</source>
        <translation>%1 wartet im join() von %2, die leer ist, und keiner von denen, die daraus nahmen, hat noch ein Element.</translation>
    </message>
    <message>
        <source>%1 was full for %2 % of %3; its producers waited %4.</source>
        <translation>%1 war %2 % von %3 lang voll; wer einstellt, wartete %4.</translation>
    </message>
    <message>
        <source>%1 holds %2: it grew from %3 in %4 and has no bound.</source>
        <translation>%1 hält %2: sie wuchs von %3 in %4 und hat keine Grenze.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln items</source>
        <translation>
            <numerusform>%Ln Element</numerusform>
            <numerusform>%Ln Elemente</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 answered slowly %2, at worst after %3, while the loop was idle.</source>
        <translation>%1 antwortete %2 langsam, am schlimmsten nach %3, während die Schleife nichts zu tun hatte.</translation>
    </message>
    <message>
        <source>A peer</source>
        <translation>Eine Gegenstelle</translation>
    </message>
    <message>
        <source>%1 was ready and had to wait for its turn %2, at worst (%3) for %4.</source>
        <translation>%1 war bereit und musste %2 warten, bis es an die Reihe kam, am längsten (%3) für %4.</translation>
    </message>
    <message>
        <source>%1 was asked to end%2, ran on for %3 and ended as if it had not been.</source>
        <translation>%1 wurde gebeten zu enden%2, lief noch %3 weiter und endete, als wäre nichts gewesen.</translation>
    </message>
    <message>
        <source> (as others, %1 in all)</source>
        <translation> (wie andere, %1 im Ganzen)</translation>
    </message>
    <message>
        <source>%1 was asked to end %2 ago, has run %3 since, and goes on.</source>
        <translation>%1 wurde vor %2 gebeten zu enden, lief seitdem %3 und geht weiter.</translation>
    </message>
    <message>
        <source>%1 tasks of %2 are alive: %3 more than %4 ago, and none has ended meanwhile.</source>
        <translation>%1 Tasks von %2 leben: %3 mehr als vor %4, und keiner hat unterdessen geendet.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln tasks of %1 have waited for %2 and longer, where the %3 that ended lived for %4 at most.</source>
        <translation>
            <numerusform>%Ln Task von %1 wartet seit %2 oder länger, während die %3, die endeten, höchstens %4 lebten.</numerusform>
            <numerusform>%Ln Tasks von %1 warten seit %2 oder länger, während die %3, die endeten, höchstens %4 lebten.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2).</source>
        <translation>%1 (%2).</translation>
    </message>
    <message>
        <source>lock %1</source>
        <translation>Sperre %1</translation>
    </message>
    <message>
        <source>event %1</source>
        <translation>Event %1</translation>
    </message>
    <message>
        <source>condition %1</source>
        <translation>Condition %1</translation>
    </message>
    <message>
        <source>semaphore %1</source>
        <translation>Semaphor %1</translation>
    </message>
    <message>
        <source>barrier %1</source>
        <translation>Barriere %1</translation>
    </message>
    <message>
        <source>queue %1</source>
        <translation>Warteschlange %1</translation>
    </message>
    <message>
        <source>object %1</source>
        <translation>Objekt %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln times</source>
        <translation>
            <numerusform>%Ln-mal</numerusform>
            <numerusform>%Ln-mal</numerusform>
        </translation>
    </message>
    <message>
        <source>They keep their memory and whatever they hold for as long as nobody wakes them.</source>
        <translation>Sie behalten ihren Speicher und was sie halten, solange niemand sie weckt.</translation>
    </message>
    <message>
        <source>%1 tasks of %2 were alive when they were cancelled: %3 more than %4 before, and none had ended meanwhile.</source>
        <translation>%1 Tasks von %2 lebten, als sie abgebrochen wurden: %3 mehr als %4 zuvor, und keiner war inzwischen fertig geworden.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln tasks of %1 had waited for %2 and longer when they were cancelled, where the %3 that ended before lived for %4 at most.</source>
        <translation>
            <numerusform>%Ln Task von %1 hatte %2 und länger gewartet, als er abgebrochen wurde; die %3, die zuvor endeten, lebten höchstens %4.</numerusform>
            <numerusform>%Ln Tasks von %1 hatten %2 und länger gewartet, als sie abgebrochen wurden; die %3, die zuvor endeten, lebten höchstens %4.</numerusform>
        </translation>
    </message>
    <message>
        <source>A callback kept the loop %1, at worst for %2%3%4.</source>
        <translation>Ein Callback hielt die Schleife %1 auf, am längsten für %2%3%4.</translation>
    </message>
    <message>
        <source>%1 has kept the loop for %2 without an await%3, and still does.</source>
        <translation>%1 hält die Schleife seit %2 auf, ohne await%3, und noch immer.</translation>
    </message>
    <message>
        <source>A callback has kept the loop for %1%2, and still does.</source>
        <translation>Ein Callback hält die Schleife seit %1 auf%2, und noch immer.</translation>
    </message>
    <message>
        <source>, in %1 at %2</source>
        <translation>, in %1 bei %2</translation>
    </message>
    <message>
        <source>, after %1 and before it returned</source>
        <translation>, nach %1 und bevor sie zurückkehrte</translation>
    </message>
    <message>
        <source>, after %1 and before its next await</source>
        <translation>, nach %1 und vor ihrem nächsten await</translation>
    </message>
    <message>
        <source>, after %1 and before it came to %2</source>
        <translation>, nach %1 und bevor sie zu %2 kam</translation>
    </message>
    <message>
        <source>, which waits%1 for %2%3</source>
        <translation>, und der wartet%1 auf %2%3</translation>
    </message>
    <message>
        <source>%1 waits%2 for %3%4.</source>
        <translation>%1 wartet%2 auf %3%4.</translation>
    </message>
    <message>
        <source>Possible deadlock</source>
        <translation>Mögliche Verklemmung</translation>
    </message>
    <message>
        <source>a lock held since before the recording began, nobody knows by whom, that nobody gives back</source>
        <translation>eine Sperre, die seit vor Beginn der Aufzeichnung gehalten wird, man weiß nicht von wem, und die niemand zurückgibt</translation>
    </message>
    <message>
        <source>Whoever wants the lock stands still; if its holder waits for one of them, or has ended, that is for ever.</source>
        <translation>Wer die Sperre will, steht still; wenn ihr Halter auf einen von ihnen wartet oder zu Ende ist, für immer.</translation>
    </message>
    <message>
        <source>See where this lock is taken without scoped() (async with in Python), and whether every way from there releases it. Held through that it would have a known holder, also for who attaches later.</source>
        <translation>Sehen Sie nach, wo diese Sperre ohne scoped() (in Python: async with) genommen wird, und ob jeder Weg von dort sie freigibt. So gehalten hätte sie einen bekannten Halter, auch für den, der sich erst später verbindet.</translation>
    </message>
    <message numerus="yes">
        <source>; so do %Ln more tasks</source>
        <translation>
            <numerusform>; ebenso %Ln weiterer Task</numerusform>
            <numerusform>; ebenso %Ln weitere Tasks</numerusform>
        </translation>
    </message>
    <message>
        <source>, %1 waits%2 for %3%4</source>
        <translation>, %1 wartet%2 auf %3%4</translation>
    </message>
    <message>
        <source>before the recording began, or in what was lost of it</source>
        <translation>vor Beginn der Aufzeichnung oder in dem, was von ihr verloren ging</translation>
    </message>
    <message>
        <source>before the recording began</source>
        <translation>vor Beginn der Aufzeichnung</translation>
    </message>
    <message numerus="yes">
        <source>Who took these %Ln locks, %1, is not known.</source>
        <translation>
            <numerusform>Wer diese %Ln Sperre nahm, %1, ist nicht bekannt.</numerusform>
            <numerusform>Wer diese %Ln Sperren nahm, %1, ist nicht bekannt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None of the loop&apos;s %Ln tasks waits for time, input, a thread or a process: whoever holds what they need is one of them, or has ended.</source>
        <translation>
            <numerusform>Die Schleife hat nur diesen %Ln Task: er nahm die Sperre selbst, oder wer es tat, ist zu Ende.</numerusform>
            <numerusform>Von den %Ln Tasks der Schleife wartet keiner auf Zeit, Eingabe, einen Thread oder einen Prozess: wer hält, was sie brauchen, ist einer von ihnen oder zu Ende.</numerusform>
        </translation>
    </message>
    <message>
        <source>It has been so for %1 or longer: whoever holds it waits, too, or has ended.</source>
        <translation>So ist es seit %1 oder länger: wer sie hält, wartet auch oder ist zu Ende.</translation>
    </message>
    <message numerus="yes">
        <source>It has been so for %1 or longer: one of the loop&apos;s %Ln other tasks may hold it; if none does, they wait for ever.</source>
        <translation>
            <numerusform>So ist es seit %1 oder länger: der %Ln andere Task der Schleife könnte sie halten; wenn nicht, warten sie für immer.</numerusform>
            <numerusform>So ist es seit %1 oder länger: einer der %Ln anderen Tasks der Schleife könnte sie halten; wenn keiner, warten sie für immer.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 has kept the loop %2 without an await, at worst (%3) for %4%5, and does so now.</source>
        <translation>%1 hielt die Schleife %2 auf, ohne await, am längsten (%3) für %4%5, und tut es gerade.</translation>
    </message>
    <message>
        <source>A callback has kept the loop %1, at worst for %2%3%4, and does so now.</source>
        <translation>Ein Callback hielt die Schleife %1 auf, am längsten für %2%3%4, und tut es gerade.</translation>
    </message>
</context>
<context>
    <name>Note</name>
    <message>
        <source>process %1 has exited</source>
        <translation>Prozess %1 hat sich beendet</translation>
    </message>
    <message>
        <source>process %1 exited with code %2</source>
        <translation>Prozess %1 endete mit Code %2</translation>
    </message>
    <message>
        <source>process %1 was killed by signal %2 (%3); its last events are here</source>
        <translation>Prozess %1 wurde durch Signal %2 (%3) beendet; seine letzten Ereignisse sind hier</translation>
    </message>
    <message>
        <source>process %1 left through _exit() with code %2; its last events are here</source>
        <translation>Prozess %1 ging durch _exit() mit Code %2; seine letzten Ereignisse sind hier</translation>
    </message>
    <message>
        <source>process %1 was killed or crashed; its last events are here</source>
        <translation>Prozess %1 wurde beendet oder stürzte ab; seine letzten Ereignisse sind hier</translation>
    </message>
    <message>
        <source>process %1 has become another program; its last events are here</source>
        <translation>Prozess %1 ist ein anderes Programm geworden; seine letzten Ereignisse sind hier</translation>
    </message>
    <message>
        <source>process %1 shares no events any more; its last ones are here</source>
        <translation>Prozess %1 teilt keine Ereignisse mehr; seine letzten sind hier</translation>
    </message>
    <message>
        <source>%1; its number is another process&apos;s by now (%2)</source>
        <translation>%1; seine Nummer hat inzwischen ein anderer Prozess (%2)</translation>
    </message>
    <message>
        <source>process %1 (%2) runs on a virtual clock, which is nobody else&apos;s, and is not here; look at it alone</source>
        <translation>Prozess %1 (%2) läuft nach einer virtuellen Uhr, die sonst keiner hat, und ist nicht hier; sehen Sie ihn allein an</translation>
    </message>
    <message>
        <source>process %1 (%2) does not run on the virtual clock of the first, and is not here; look at it alone</source>
        <translation>Prozess %1 (%2) läuft nicht nach der virtuellen Uhr des ersten und ist nicht hier; sehen Sie ihn allein an</translation>
    </message>
    <message>
        <source>%1 more before</source>
        <translation>%1 weitere davor</translation>
    </message>
    <message>
        <source>more than %1 processes: the later ones are not here</source>
        <translation>mehr als %1 Prozesse: die späteren sind nicht hier</translation>
    </message>
    <message>
        <source>%1 was cut short or overwritten; what was read until then is here</source>
        <translation>%1 wurde gekürzt oder überschrieben; was bis dahin gelesen wurde, ist hier</translation>
    </message>
    <message>
        <source>%1 is damaged at byte %2; %3 events are missing there</source>
        <translation>%1 ist bei Byte %2 beschädigt; %3 Ereignisse fehlen dort</translation>
    </message>
    <message>
        <source>%1 is damaged at byte %2 and all behind it; the %3 events before are here</source>
        <translation>%1 ist von Byte %2 an beschädigt; die %3 Ereignisse davor sind hier</translation>
    </message>
    <message>
        <source>%1 ends in mid-chunk; the %2 events before are here</source>
        <translation>%1 endet mitten in einem Stück; die %2 Ereignisse davor sind hier</translation>
    </message>
    <message>
        <source>%1 was not ended: its recorder was stopped hard, or is still at work; the %2 events before are here</source>
        <translation>%1 wurde nicht abgeschlossen: der Aufzeichner wurde hart beendet oder arbeitet noch; die %2 Ereignisse davor sind hier</translation>
    </message>
    <message>
        <source>%1 was cut off: its recorder was stopped hard, or the way to it is closed; the %2 events before are here</source>
        <translation>%1 bricht ab: der Aufzeichner wurde hart beendet, oder der Weg zu ihm ist zu; die %2 Ereignisse davor sind hier</translation>
    </message>
    <message>
        <source>1 line is no event and was left out (the first: %1).</source>
        <translation>1 Zeile ist kein Ereignis und wurde ausgelassen (die erste: %1).</translation>
    </message>
    <message>
        <source>%1 lines are no events and were left out (the first: %2).</source>
        <translation>%1 Zeilen sind keine Ereignisse und wurden ausgelassen (die erste: %2).</translation>
    </message>
    <message>
        <source>%1: %2; what stood before is here</source>
        <translation>%1: %2; was davor stand, ist hier</translation>
    </message>
    <message>
        <source>%1 has no list of trace events</source>
        <translation>%1 hat keine Liste von Trace-Ereignissen</translation>
    </message>
    <message>
        <source>%1: %2 events make no sense and were left out</source>
        <translation>%1: %2 Ereignisse ergeben keinen Sinn und wurden ausgelassen</translation>
    </message>
</context>
<context>
    <name>ProcessWords</name>
    <message>
        <source>, began at %1</source>
        <translation>, begann um %1</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>zu Ende</translation>
    </message>
    <message>
        <source>plain Python</source>
        <translation>reines Python</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>killed or crashed</source>
        <translation>getötet oder abgestürzt</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message>
        <source>Alt</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Pos1</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Runter</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Rücktaste</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Rad</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>Ziehen</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Klick</translation>
    </message>
    <message>
        <source>Right-click</source>
        <translation>Rechtsklick</translation>
    </message>
    <message>
        <source>Double-click</source>
        <translation>Doppelklick</translation>
    </message>
    <message>
        <source>PgUp</source>
        <translation>Bild↑</translation>
    </message>
    <message>
        <source>PgDown</source>
        <translation>Bild↓</translation>
    </message>
</context>
<context>
    <name>Story</name>
    <message>
        <source>en</source>
        <comment>The code of the language of this translation: stories are looked for in it</comment>
        <translation>de</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>1 connection</source>
        <translation>1 Verbindung</translation>
    </message>
    <message>
        <source>%1 connections</source>
        <translation>%1 Verbindungen</translation>
    </message>
    <message>
        <source>This recording holds no events.</source>
        <translation>Diese Aufzeichnung enthält keine Ereignisse.</translation>
    </message>
    <message>
        <source>sleep</source>
        <translation>sleep</translation>
    </message>
    <message>
        <source>lock</source>
        <translation>Sperre</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>I/O</source>
        <translation>I/O</translation>
    </message>
    <message>
        <source>thread</source>
        <translation>Thread</translation>
    </message>
    <message>
        <source>other</source>
        <translation>anderes</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Schleife</translation>
    </message>
    <message>
        <source>1 task</source>
        <translation>1 Task</translation>
    </message>
    <message>
        <source>%1 tasks</source>
        <translation>%1 Tasks</translation>
    </message>
    <message>
        <source>%1, %2 late</source>
        <translation>%1, %2 zu spät</translation>
    </message>
    <message>
        <source>task, gather</source>
        <translation>Task, gather</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui</name>
    <message>
        <source>1 time</source>
        <translation>1-mal</translation>
    </message>
    <message>
        <source>%1 times</source>
        <translation>%1-mal</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::AttachDialog</name>
    <message>
        <source>Attach to a running program</source>
        <translation>An ein laufendes Programm anhängen</translation>
    </message>
    <message>
        <source>Filter by name, command line or pid</source>
        <translation>Nach Name, Befehlszeile oder PID filtern</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>pid</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>loops</source>
        <translation>Schleifen</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>events/s</source>
        <translation>Ereignisse/s</translation>
    </message>
    <message>
        <source>command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Anhängen</translation>
    </message>
    <message>
        <source>None fits the filter.</source>
        <translation>Keines passt zum Filter.</translation>
    </message>
    <message>
        <source>%1 cannot be attached to: %2</source>
        <translation>An %1 kann nicht angehängt werden: %2</translation>
    </message>
    <message>
        <source>Attaching does not stop the program, and changes nothing in it. Detach at any time.</source>
        <translation>Das Anhängen hält das Programm nicht an und ändert nichts darin. Es kann jederzeit gelöst werden.</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Code is run in the program</source>
        <translation>Im Programm wird Code ausgeführt</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>Inject...</source>
        <translation>Einschleusen ...</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Process %1 runs no more. What it left behind can be read, up to its last event.</source>
        <translation>Prozess %1 läuft nicht mehr. Was er hinterlassen hat, lässt sich lesen, bis zu seinem letzten Ereignis.</translation>
    </message>
    <message>
        <source>Process %1 is a Python program that was not started to be seen. Code that is run in it can change that now; start it by &quot;awaitscope run -- %2&quot;, or with AWAITSCOPE=1 once &quot;awaitscope python install&quot; was run, to see it from its beginning.</source>
        <translation>Prozess %1 ist ein Python-Programm, das nicht zum Zusehen gestartet wurde. Code, der darin ausgeführt wird, kann das jetzt ändern; um es von Anfang an zu sehen, starten Sie es mit „awaitscope run -- %2“, oder mit AWAITSCOPE=1, nachdem einmal „awaitscope python install“ lief.</translation>
    </message>
    <message>
        <source>No program of yours that could be seen is running. Start one that is linked to the runtime with AWAITSCOPE=1 in its environment; a Python program by &quot;awaitscope run -- python3 app.py&quot;, or with AWAITSCOPE=1 once &quot;awaitscope python install&quot; was run. It appears here by itself.</source>
        <translation>Von Ihnen läuft kein Programm, dem sich zusehen ließe. Starten Sie eines, das gegen die Laufzeitbibliothek gebunden ist, mit AWAITSCOPE=1 in seiner Umgebung; ein Python-Programm mit „awaitscope run -- python3 app.py“, oder mit AWAITSCOPE=1, nachdem einmal „awaitscope python install“ lief. Es erscheint hier von selbst.</translation>
    </message>
    <message>
        <source>Process %1 is none of these: %2</source>
        <translation>Prozess %1 gehört nicht dazu: %2</translation>
    </message>
    <message>
        <source>Run code in process %1?</source>
        <translation>Code in Prozess %1 ausführen?</translation>
    </message>
    <message>
        <source>It takes from a second to a minute, for gdb reads its symbols first. Should gdb be killed in the midst of it, the program may hang or crash.</source>
        <translation>Es dauert eine Sekunde bis eine Minute, denn gdb liest zuerst dessen Symbole. Wird gdb mittendrin beendet, kann das Programm hängen bleiben oder abstürzen.</translation>
    </message>
    <message>
        <source>The interpreter runs it at its next safe moment, through its own interface for that. Where none comes within 2 seconds, gdb does it, which stops the program for a moment.</source>
        <translation>Der Interpreter führt ihn im nächsten sicheren Moment aus, über seine eigene Schnittstelle dafür. Kommt binnen 2 Sekunden keiner, tut es gdb, das das Programm dazu einen Moment anhält.</translation>
    </message>
    <message>
        <source>The code stays in the program until it ends, and telling its events costs it some time. One that must not be disturbed is better started anew by &quot;awaitscope run&quot;.</source>
        <translation>Der Code bleibt bis zum Ende im Programm, und von den Ereignissen zu berichten kostet es etwas Zeit. Eines, das nicht gestört werden darf, starten Sie besser neu mit „awaitscope run“.</translation>
    </message>
    <message>
        <source>Inject</source>
        <translation>Einschleusen</translation>
    </message>
    <message>
        <source>Code is being run in process %1. Closing this dialog does not break that off: the program then appears in the list by itself.</source>
        <translation>In Prozess %1 wird Code ausgeführt. Das Schließen dieses Dialogs bricht das nicht ab: Das Programm erscheint dann von selbst in der Liste.</translation>
    </message>
    <message>
        <source>This runs code in process %1, %2: &quot;import awaitscope; awaitscope.enable()&quot;, by gdb, which stops it for a moment.</source>
        <translation>Das führt Code in Prozess %1, %2, aus: „import awaitscope; awaitscope.enable()“, mit gdb, das ihn einen Augenblick anhält.</translation>
    </message>
    <message>
        <source>This runs code in process %1, %2: &quot;import awaitscope; awaitscope.enable()&quot;.</source>
        <translation>Das führt Code in Prozess %1, %2, aus: „import awaitscope; awaitscope.enable()“.</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::AwaitChain</name>
    <message>
        <source>waits: %1</source>
        <translation>wartet: %1</translation>
    </message>
    <message>
        <source>again: a cycle</source>
        <translation>wieder: ein Kreis</translation>
    </message>
    <message>
        <source>waits for</source>
        <translation>wartet auf</translation>
    </message>
    <message>
        <source>held by</source>
        <translation>gehalten von</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::AwaitGraph</name>
    <message>
        <source>Cycle: %1.</source>
        <translation>Kreis: %1.</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>%1 is held by %2.</source>
        <translation>%1 wird von %2 gehalten.</translation>
    </message>
    <message>
        <source>%1 waits for %2.</source>
        <translation>%1 wartet auf %2.</translation>
    </message>
    <message>
        <source>%1 of %2 tasks are told.</source>
        <translation>%1 von %2 Tasks werden genannt.</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <comment>tasks</comment>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 done</source>
        <translation>%1 von %2 fertig</translation>
    </message>
    <message numerus="yes">
        <source>%n to come</source>
        <comment>tasks</comment>
        <translation>
            <numerusform>%n kommt noch</numerusform>
            <numerusform>%n kommen noch</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in it</source>
        <translation>%1 darin</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::AwaitGraphPanel</name>
    <message>
        <source>Who waits for whom at the cursor. Each task points to what it waits for: a lock, a queue, a gather, a timer; and that points to the tasks behind it, such as the lock&apos;s owner. Tasks that wait for each other in a circle can never go on: such a cycle is red. Arrow keys walk along the lines, Return shows the source line, + and - zoom, Ctrl+C copies picture and text.</source>
        <translation>Wer am Cursor auf wen wartet. Jeder Task zeigt auf das, worauf er wartet: eine Sperre, eine Warteschlange, ein gather, einen Timer; und das zeigt auf die Tasks dahinter, etwa den Besitzer der Sperre. Tasks, die im Kreis aufeinander warten, kommen nie weiter: ein solcher Kreis ist rot. Die Pfeiltasten gehen die Linien entlang, Eingabe zeigt die Quellzeile, + und - zoomen, Strg+C kopiert Bild und Text.</translation>
    </message>
    <message>
        <source>No task is alive</source>
        <translation>Kein Task lebt</translation>
    </message>
    <message>
        <source>All that were created up to the cursor have ended.</source>
        <translation>Alle, die bis zum Cursor erzeugt wurden, sind zu Ende.</translation>
    </message>
    <message>
        <source>No tasks yet</source>
        <translation>Noch keine Tasks</translation>
    </message>
    <message>
        <source>Tasks and what they wait for are drawn here once the cursor stands behind their creation.</source>
        <translation>Tasks und das, worauf sie warten, werden hier gezeichnet, sobald der Cursor hinter ihrer Erzeugung steht.</translation>
    </message>
    <message>
        <source>Cycle: %1</source>
        <translation>Kreis: %1</translation>
    </message>
    <message numerus="yes">
        <source>and %n more cycles</source>
        <translation>
            <numerusform>und %n weiterer Kreis</numerusform>
            <numerusform>und %n weitere Kreise</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 tasks are shown: the selected one and those near it, cycles, then the largest trees.</source>
        <translation>%1 von %2 Tasks sind zu sehen: der gewählte und die in seiner Nähe, Kreise, dann die größten Bäume.</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::AwaitGraphView</name>
    <message>
        <source>Await graph</source>
        <translation>Wartegraph</translation>
    </message>
    <message>
        <source>Show its line</source>
        <translation>Seine Zeile zeigen</translation>
    </message>
    <message numerus="yes">
        <source>%n neighbours are not shown</source>
        <translation>
            <numerusform>%n Nachbar ist nicht zu sehen</numerusform>
            <numerusform>%n Nachbarn sind nicht zu sehen</numerusform>
        </translation>
    </message>
    <message>
        <source>Fit the graph</source>
        <translation>Graph einpassen</translation>
    </message>
    <message>
        <source>who</source>
        <translation>wer</translation>
    </message>
    <message>
        <source>how</source>
        <translation>wie</translation>
    </message>
    <message>
        <source>waits for</source>
        <translation>wartet auf</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::Card</name>
    <message>
        <source>finished</source>
        <translation>beendet</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::ChartsPanel</name>
    <message>
        <source>Charts</source>
        <translation>Diagramme</translation>
    </message>
    <message>
        <source>Ready depth</source>
        <translation>Bereite Tasks</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>Tasks alive</source>
        <translation>Lebende Tasks</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>Switches per second</source>
        <translation>Wechsel pro Sekunde</translation>
    </message>
    <message>
        <source>switches</source>
        <translation>Wechsel</translation>
    </message>
    <message>
        <source>I/O</source>
        <translation>I/O</translation>
    </message>
    <message>
        <source>read</source>
        <translation>gelesen</translation>
    </message>
    <message>
        <source>written</source>
        <translation>geschrieben</translation>
    </message>
    <message>
        <source>Charts of the loop&apos;s lag and ready depth, of tasks alive, switches, queues and I/O appear here with the first events.</source>
        <translation>Diagramme des Verzugs der Schleife, der bereiten und lebenden Tasks, der Wechsel, Warteschlangen und der Ein- und Ausgabe erscheinen hier mit den ersten Ereignissen.</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>Verzug</translation>
    </message>
    <message>
        <source>longest wait from ready to running</source>
        <translation>längste Zeit von bereit bis laufend</translation>
    </message>
    <message>
        <source>Queue levels</source>
        <translation>Warteschlangen</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>Über die Zeit</translation>
    </message>
    <message>
        <source>Latency by coroutine</source>
        <translation>Dauer je Koroutine</translation>
    </message>
    <message>
        <source>Pages of charts</source>
        <translation>Seiten der Diagramme</translation>
    </message>
    <message>
        <source>Figures over the stretch of time that the timeline shows. Lag is the longest time that a task was ready before it ran: what a blocked loop costs. Of queues those are drawn that held the most. A click moves the cursor, a drag shows that stretch everywhere; with the arrow keys the cursor goes from value to value, and Ctrl+C copies a chart as picture and as table. The second page has the latencies of each coroutine in that stretch: half took no longer than p50, 999 of 1000 no longer than p99.9.</source>
        <translation>Zahlen über den Zeitabschnitt, den die Zeitachse zeigt. Verzug ist die längste Zeit, die ein Task bereit war, bevor er lief: was eine blockierte Schleife kostet. Von den Warteschlangen sind die gezeichnet, die am meisten enthielten. Ein Klick bewegt den Cursor, Ziehen zeigt jenen Abschnitt überall; mit den Pfeiltasten geht der Cursor von Wert zu Wert, und Strg+C kopiert ein Diagramm als Bild und als Tabelle. Die zweite Seite hat die Dauern jeder Koroutine in jenem Abschnitt: die Hälfte dauerte nicht länger als p50, 999 von 1000 nicht länger als p99.9.</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>No queue held an item in this time.</source>
        <translation>In dieser Zeit enthielt keine Queue ein Element.</translation>
    </message>
    <message>
        <source>No bytes were read or written in this time.</source>
        <translation>In dieser Zeit wurden keine Bytes gelesen oder geschrieben.</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::CommandPalette</name>
    <message>
        <source>Type a command</source>
        <translation>Einen Befehl eingeben</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::CompareTables</name>
    <message>
        <source>Coroutines</source>
        <translation>Koroutinen</translation>
    </message>
    <message>
        <source>All %1 coroutines are in both, and none is slower or faster.</source>
        <translation>Alle %1 Koroutinen sind in beiden, und keine ist langsamer oder schneller.</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>All %1 lines are in both, and none is slower or faster.</source>
        <translation>Alle %1 Zeilen sind in beiden, und keine ist langsamer oder schneller.</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>All %1 findings are in both.</source>
        <translation>Alle %1 Befunde sind in beiden.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Show what does not differ, too</source>
        <translation>Auch zeigen, was sich nicht unterscheidet</translation>
    </message>
    <message>
        <source>What differs: %1</source>
        <translation>Was sich unterscheidet: %1</translation>
    </message>
    <message>
        <source>Comparing...</source>
        <translation>Vergleicht ...</translation>
    </message>
    <message>
        <source>Both recordings are read to their end first.</source>
        <translation>Erst werden beide Aufzeichnungen bis zum Ende gelesen.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Neither has any</source>
        <translation>Keine von beiden hat etwas davon</translation>
    </message>
    <message>
        <source>Nothing differs</source>
        <translation>Nichts unterscheidet sich</translation>
    </message>
    <message>
        <source>%1 What differs by less than %2 % or %3, or was measured too seldom to be told from chance, counts as the same. &quot;Show all&quot; lists it.</source>
        <translation>%1 Was sich um weniger als %2 % oder %3 unterscheidet oder zu selten gemessen wurde, um es vom Zufall zu unterscheiden, gilt als gleich. „Alles zeigen“ führt es auf.</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::CompareWindow</name>
    <message>
        <source>%1 and %2 - Awaitscope</source>
        <translation>%1 und %2 - Awaitscope</translation>
    </message>
    <message>
        <source>Align by</source>
        <translation>Ausrichten an</translation>
    </message>
    <message>
        <source>Where both recordings stand one above the other</source>
        <translation>Wo beide Aufzeichnungen übereinander stehen</translation>
    </message>
    <message>
        <source>the begin</source>
        <translation>dem Anfang</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Show all of both</source>
        <translation>Von beiden alles zeigen</translation>
    </message>
    <message>
        <source>Reading...</source>
        <translation>Liest ...</translation>
    </message>
    <message>
        <source>Timeline %1: %2</source>
        <translation>Zeitachse %1: %2</translation>
    </message>
    <message>
        <source>Comparing...</source>
        <translation>Vergleicht ...</translation>
    </message>
    <message>
        <source>%1 against %2. Of %3 lines: %4 slower, %5 new, %6 gone, %7 faster. Findings: %8 new, %9 gone.</source>
        <translation>%1 gegen %2. Von %3 Zeilen: %4 langsamer, %5 neu, %6 verschwunden, %7 schneller. Befunde: %8 neu, %9 verschwunden.</translation>
    </message>
    <message>
        <source>A percentile counts as different when the ranges in which both lie at 95 % confidence are apart, and then by %1 % and %2 at least.</source>
        <translation>Ein Perzentil gilt als verschieden, wenn die Bereiche, in denen beide mit 95 % Sicherheit liegen, getrennt sind, und dann um mindestens %1 % und %2.</translation>
    </message>
    <message>
        <source>mark: %1</source>
        <translation>Marke: %1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::CourseList</name>
    <message>
        <source>LEARN WITH A SCENARIO</source>
        <translation>MIT EINEM SZENARIO LERNEN</translation>
    </message>
    <message>
        <source>Scenarios finished</source>
        <translation>Beendete Szenarien</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>Von vorn beginnen</translation>
    </message>
    <message>
        <source>Forget what was finished, and all answers</source>
        <translation>Vergessen, was beendet wurde, und alle Antworten</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>This build comes without scenarios. Attach to a running program, or open a recording.</source>
        <translation>Diese Fassung kommt ohne Szenarien. Hängen Sie an ein laufendes Programm an, oder öffnen Sie eine Aufzeichnung.</translation>
    </message>
    <message>
        <source>%1 of %2 finished</source>
        <translation>%1 von %2 beendet</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Beginnen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Forget which scenarios were finished, and all answers given?</source>
        <translation>Vergessen, welche Szenarien beendet wurden, und alle gegebenen Antworten?</translation>
    </message>
    <message>
        <source>1 question open</source>
        <translation>1 Frage offen</translation>
    </message>
    <message>
        <source>%1 questions open</source>
        <translation>%1 Fragen offen</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::DiffFindingsModel</name>
    <message>
        <source>in both</source>
        <translation>in beiden</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1, uncertain</source>
        <translation>%1, unsicher</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>It is</source>
        <translation>Es ist</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>before %1 of %2</source>
        <translation>vor %1 von %2</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::DiffModel</name>
    <message>
        <source>same</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>faster</source>
        <translation>schneller</translation>
    </message>
    <message>
        <source>slower</source>
        <translation>langsamer</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>verschwunden</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>B is</source>
        <translation>B ist</translation>
    </message>
    <message>
        <source>Coroutine</source>
        <translation>Koroutine</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>Step p50</source>
        <translation>Schritt p50</translation>
    </message>
    <message>
        <source>Step p99</source>
        <translation>Schritt p99</translation>
    </message>
    <message>
        <source>Wait p50</source>
        <translation>Warten p50</translation>
    </message>
    <message>
        <source>Lag p50</source>
        <translation>Verzug p50</translation>
    </message>
    <message>
        <source>Wait p99</source>
        <translation>Warten p99</translation>
    </message>
    <message>
        <source>Lag p99</source>
        <translation>Verzug p99</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::EventLogModel</name>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>loop</source>
        <translation>Schleife</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Task</translation>
    </message>
    <message>
        <source>event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>details</source>
        <translation>Einzelheiten</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::EventsPanel</name>
    <message>
        <source>Rows %1 to %2 of %3: the others come as you scroll, or go to their moment.</source>
        <translation>Zeilen %1 bis %2 von %3: Die anderen kommen beim Blättern oder mit ihrem Zeitpunkt.</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Filter events</source>
        <translation>Ereignisse filtern</translation>
    </message>
    <message>
        <source>Filter events by text</source>
        <translation>Ereignisse nach Text filtern</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>Alle Arten</translation>
    </message>
    <message>
        <source>Every event as it was recorded; all other panels are computed from these. The band is the cursor: click another event to move it there.</source>
        <translation>Jedes Ereignis, wie es aufgezeichnet wurde; alle anderen Felder werden daraus berechnet. Der Balken ist der Cursor: klicken Sie ein anderes Ereignis an, um ihn dorthin zu setzen.</translation>
    </message>
    <message>
        <source>%1 groups</source>
        <translation>%1 Gruppen</translation>
    </message>
    <message>
        <source>Looking for events that fit...</source>
        <translation>Sucht passende Ereignisse ...</translation>
    </message>
    <message>
        <source>No events yet</source>
        <translation>Noch keine Ereignisse</translation>
    </message>
    <message>
        <source>They appear here as they come.</source>
        <translation>Sie erscheinen hier, sobald sie kommen.</translation>
    </message>
    <message>
        <source>No event fits the filter</source>
        <translation>Kein Ereignis passt zum Filter</translation>
    </message>
    <message>
        <source>%1 found, %2 %</source>
        <translation>%1 gefunden, %2 %</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>%1 gefunden</translation>
    </message>
    <message>
        <source>Kinds of events</source>
        <translation>Arten von Ereignissen</translation>
    </message>
    <message>
        <source>other</source>
        <translation>anderes</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>loop</source>
        <translation>Schleife</translation>
    </message>
    <message>
        <source>callbacks and timers</source>
        <translation>Callbacks und Timer</translation>
    </message>
    <message>
        <source>futures</source>
        <translation>Futures</translation>
    </message>
    <message>
        <source>I/O</source>
        <translation>I/O</translation>
    </message>
    <message>
        <source>locks and queues</source>
        <translation>Sperren und Warteschlangen</translation>
    </message>
    <message>
        <source>output and marks</source>
        <translation>Ausgabe und Marken</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::ExpectedRun</name>
    <message>
        <source>Timeline of what people expect</source>
        <translation>Zeitachse dessen, was man erwartet</translation>
    </message>
    <message>
        <source>The program that does behave as people expect, beside the one that is: compare its tracks and its output with the ones above. Its cursor stands at the same moment.</source>
        <translation>Das Programm, das sich wirklich so verhält, wie man erwartet, neben dem, das ist: vergleichen Sie seine Spuren und seine Ausgabe mit denen darüber. Sein Cursor steht im selben Augenblick.</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::FindingDetail</name>
    <message>
        <source>Since %1, and still so</source>
        <translation>Seit %1, und noch immer</translation>
    </message>
    <message>
        <source>At %1</source>
        <translation>Bei %1</translation>
    </message>
    <message>
        <source>From %1 until %2</source>
        <translation>Von %1 bis %2</translation>
    </message>
    <message>
        <source>%1, %2 times</source>
        <translation>%1, %2-mal</translation>
    </message>
    <message>
        <source>Go to it</source>
        <translation>Dorthin gehen</translation>
    </message>
    <message>
        <source>Show this line in the Source panel</source>
        <translation>Diese Zeile im Feld Quelle zeigen</translation>
    </message>
    <message>
        <source>Events were lost meanwhile: this may be wrong.</source>
        <translation>Unterdessen gingen Ereignisse verloren: das kann falsch sein.</translation>
    </message>
    <message>
        <source>WHY IT MATTERS</source>
        <translation>WARUM ES WICHTIG IST</translation>
    </message>
    <message>
        <source>WHAT TO DO</source>
        <translation>WAS ZU TUN IST</translation>
    </message>
    <message>
        <source>The chosen finding</source>
        <translation>Der gewählte Befund</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Wieder zeigen</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Show it again, here and elsewhere</source>
        <translation>Wieder zeigen, hier und anderswo</translation>
    </message>
    <message>
        <source>Show it no more: not here, not on the timeline, not in later runs</source>
        <translation>Nicht mehr zeigen: nicht hier, nicht in der Zeitachse, nicht in späteren Läufen</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Task</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>and others</source>
        <translation>und andere</translation>
    </message>
    <message>
        <source>The stack that was seen, innermost first</source>
        <translation>Der Stapel, der gesehen wurde, der innerste zuerst</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Go to the time before, when it happened too</source>
        <translation>Dahin gehen, wo es davor geschah</translation>
    </message>
    <message>
        <source>Go to the next time that it happened</source>
        <translation>Dahin gehen, wo es danach geschah</translation>
    </message>
    <message>
        <source>%1 of %2: at %3</source>
        <translation>%1 von %2: bei %3</translation>
    </message>
    <message>
        <source>The worst: at %1</source>
        <translation>Das schlimmste: bei %1</translation>
    </message>
    <message>
        <source>Since before the recording began at %1, and still so</source>
        <translation>Seit vor Beginn der Aufzeichnung bei %1, und noch immer so</translation>
    </message>
    <message>
        <source>From before the recording began at %1 until %2</source>
        <translation>Von vor Beginn der Aufzeichnung bei %1 bis %2</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::FindingsModel</name>
    <message>
        <source>%1: %2. %3 %4</source>
        <translation>%1: %2. %3 %4</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::FindingsPanel</name>
    <message>
        <source>uncertain</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Filter findings</source>
        <translation>Befunde filtern</translation>
    </message>
    <message>
        <source>Filter findings by text</source>
        <translation>Befunde nach Text filtern</translation>
    </message>
    <message>
        <source>Show those that were muted, too</source>
        <translation>Auch die stummen zeigen</translation>
    </message>
    <message>
        <source>What looks wrong in this program, found in its events: a blocked loop, a deadlock, tasks that leak, cancellations that are swallowed, and more. Choose one to see why it matters and what to do; Enter goes to its moment, Delete mutes it for good.</source>
        <translation>Was in diesem Programm falsch aussieht, in seinen Ereignissen gefunden: eine blockierte Schleife, eine Verklemmung, Tasks, die liegenbleiben, verschluckte Abbrüche und mehr. Wählen Sie einen Befund, um zu sehen, warum er wichtig und was zu tun ist; Eingabe geht zu seinem Augenblick, Entf macht ihn für immer stumm.</translation>
    </message>
    <message>
        <source>No finding fits the filter</source>
        <translation>Kein Befund passt zum Filter</translation>
    </message>
    <message>
        <source>Looking... %1 %</source>
        <translation>Sucht ... %1 %</translation>
    </message>
    <message>
        <source>Nothing has been found so far.</source>
        <translation>Bisher wurde nichts gefunden.</translation>
    </message>
    <message>
        <source>Nothing but what you muted</source>
        <translation>Nichts außer dem, was Sie stumm gemacht haben</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Looked for: %1.</source>
        <translation>Gesucht: %1.</translation>
    </message>
    <message>
        <source>Muted (%1)</source>
        <translation>Stumm (%1)</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::FindingsWatch</name>
    <message>
        <source>after %1</source>
        <translation>nach %1</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::FoldedNote</name>
    <message>
        <source>%1 events before %2 are folded, to keep to the memory allowed: of that time only what still mattered is left.</source>
        <translation>%1 Ereignisse vor %2 sind zusammengefaltet, damit der erlaubte Speicher reicht: Aus dieser Zeit ist nur noch da, was weiter galt.</translation>
    </message>
    <message>
        <source>Events before %1 are folded; no task had ended by then, and the sums of all go on.</source>
        <translation>Ereignisse vor %1 sind zusammengefaltet; bis dahin war kein Task zu Ende, und die Summen aller laufen weiter.</translation>
    </message>
    <message>
        <source>%1 tasks that ended before %2 are folded: %3 steps, %4 running in all. The sums of the others go on.</source>
        <translation>%1 Tasks, die vor %2 endeten, sind zusammengefaltet: %3 Schritte, zusammen %4 gelaufen. Die Summen der anderen laufen weiter.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more coroutines</source>
        <translation>
            <numerusform>und %n weitere Koroutine</numerusform>
            <numerusform>und %n weitere Koroutinen</numerusform>
        </translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>%1: %2 ended, %3 steps, %4 running, %5 ready, %6 waiting</source>
        <translation>%1: %2 beendet, %3 Schritte, %4 gelaufen, %5 bereit, %6 gewartet</translation>
    </message>
    <message>
        <source>What was found before %1 is no longer listed: %2 events of that time are folded, to keep to the memory allowed. What lasts is found again.</source>
        <translation>Was vor %1 gefunden wurde, ist nicht mehr aufgeführt: %2 Ereignisse aus dieser Zeit sind zusammengefaltet, um mit dem erlaubten Speicher auszukommen. Was andauert, wird wieder gefunden.</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::GoTo</name>
    <message>
        <source>%1, event %2 of %3</source>
        <translation>%1, Ereignis %2 von %3</translation>
    </message>
    <message>
        <source>The last event is at %1.</source>
        <translation>Das letzte Ereignis ist bei %1.</translation>
    </message>
    <message>
        <source>There are %1 events.</source>
        <translation>Es gibt %1 Ereignisse.</translation>
    </message>
    <message>
        <source>No turn of a loop bears the number %1.</source>
        <translation>Keine Runde einer Schleife trägt die Nummer %1.</translation>
    </message>
    <message>
        <source>No task&apos;s name begins with &quot;%1&quot;.</source>
        <translation>Der Name keines Tasks beginnt mit „%1“.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>A time, as 1.5s or +20ms; event 1200; turn 12; task NAME</source>
        <translation>Eine Zeit, wie 1.5s oder +20ms; event 1200; turn 12; task NAME</translation>
    </message>
    <message>
        <source>A time is a number and s, ms, us, ns, min or h.</source>
        <translation>Eine Zeit ist eine Zahl und s, ms, us, ns, min oder h.</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::GoToBar</name>
    <message>
        <source>Go to a time, an event, a turn, a task</source>
        <translation>Zu einer Zeit, einem Ereignis, einer Runde, einem Task gehen</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Pages of the manual</source>
        <translation>Seiten des Handbuchs</translation>
    </message>
    <message>
        <source>Page of the manual</source>
        <translation>Seite des Handbuchs</translation>
    </message>
    <message>
        <source>Search    /</source>
        <translation>Suchen    /</translation>
    </message>
    <message>
        <source>Search the manual</source>
        <translation>Das Handbuch durchsuchen</translation>
    </message>
    <message>
        <source>Nothing in the manual holds this.</source>
        <translation>Nichts im Handbuch enthält das.</translation>
    </message>
    <message>
        <source>On one page</source>
        <translation>Auf einer Seite</translation>
    </message>
    <message>
        <source>On %1 pages</source>
        <translation>Auf %1 Seiten</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::LatencyChart</name>
    <message>
        <source>Latencies of the chosen coroutine</source>
        <translation>Dauern der gewählten Koroutine</translation>
    </message>
    <message>
        <source>%1 · %2 measured</source>
        <translation>%1 · %2 gemessen</translation>
    </message>
    <message>
        <source>Nothing is measured.</source>
        <translation>Nichts ist gemessen.</translation>
    </message>
    <message>
        <source>%1, %2 measured: %3.</source>
        <translation>%1, %2 gemessen: %3.</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::LatencyModel</name>
    <message>
        <source>coroutine</source>
        <translation>Koroutine</translation>
    </message>
    <message>
        <source>count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p90</source>
        <translation>p90</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>p99.9</source>
        <translation>p99.9</translation>
    </message>
    <message>
        <source>longest</source>
        <translation>längste</translation>
    </message>
    <message>
        <source>spread</source>
        <translation>Verteilung</translation>
    </message>
    <message>
        <source>The coroutine that the tasks run</source>
        <translation>Die Koroutine, die die Tasks ausführen</translation>
    </message>
    <message>
        <source>How many were measured</source>
        <translation>Wie viele gemessen wurden</translation>
    </message>
    <message>
        <source>Half took no longer</source>
        <translation>Die Hälfte dauerte nicht länger</translation>
    </message>
    <message>
        <source>Nine of ten took no longer</source>
        <translation>Neun von zehn dauerten nicht länger</translation>
    </message>
    <message>
        <source>99 of 100 took no longer</source>
        <translation>99 von 100 dauerten nicht länger</translation>
    </message>
    <message>
        <source>999 of 1000 took no longer</source>
        <translation>999 von 1000 dauerten nicht länger</translation>
    </message>
    <message>
        <source>The longest of all</source>
        <translation>Die längste von allen</translation>
    </message>
    <message>
        <source>How many took how long, on the same scale in all rows</source>
        <translation>Wie viele wie lange dauerten, in allen Zeilen im selben Maßstab</translation>
    </message>
    <message>
        <source>spread, %1 to %2</source>
        <translation>Verteilung, %1 bis %2</translation>
    </message>
    <message>
        <source>coroutine	count	p50, s	p90, s	p99, s	p99.9, s	longest, s</source>
        <translation>Koroutine	Anzahl	p50, s	p90, s	p99, s	p99.9, s	längste, s</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::LatencyView</name>
    <message>
        <source>Which lengths of time</source>
        <translation>Welche Dauern</translation>
    </message>
    <message>
        <source>Ready, not run</source>
        <translation>Bereit, nicht gelaufen</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Lives</source>
        <translation>Leben</translation>
    </message>
    <message>
        <source>How long tasks were ready before they ran: the loop&apos;s lag</source>
        <translation>Wie lange Tasks bereit waren, bevor sie liefen: der Verzug der Schleife</translation>
    </message>
    <message>
        <source>How long each step ran, and all others had to wait</source>
        <translation>Wie lange jeder Schritt lief und alle anderen warten mussten</translation>
    </message>
    <message>
        <source>From a co_await that had to wait until what it waited for was there</source>
        <translation>Von einem co_await, das warten musste, bis das Erwartete da war</translation>
    </message>
    <message>
        <source>From a task&apos;s creation to its end</source>
        <translation>Von der Erzeugung eines Tasks bis zu seinem Ende</translation>
    </message>
    <message>
        <source>Latencies by coroutine</source>
        <translation>Dauern je Koroutine</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::Legend</name>
    <message>
        <source>Colours of the timeline: running, ready, and waiting by what for</source>
        <translation>Farben der Zeitachse: laufend, bereit, und wartend, je nachdem worauf</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::LoopMoment</name>
    <message>
        <source>The loop has stopped.</source>
        <translation>Die Schleife hat angehalten.</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 läuft</translation>
    </message>
    <message>
        <source>timers that are due are moved to the ready queue</source>
        <translation>fällige Timer kommen in die Bereitschaftsschlange</translation>
    </message>
    <message>
        <source>descriptors that are ready are served</source>
        <translation>bereite Deskriptoren werden bedient</translation>
    </message>
    <message>
        <source>the selector has waited %1</source>
        <translation>der Selektor hat %1 gewartet</translation>
    </message>
    <message numerus="yes">
        <source>the selector has waited %1 and found %n ready</source>
        <translation>
            <numerusform>der Selektor hat %1 gewartet und %n bereit gefunden</numerusform>
            <numerusform>der Selektor hat %1 gewartet und %n bereit gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>The loop has started.</source>
        <translation>Die Schleife hat begonnen.</translation>
    </message>
    <message>
        <source>all that was ready has run</source>
        <translation>alles, was bereit war, ist gelaufen</translation>
    </message>
    <message>
        <source>between two steps</source>
        <translation>zwischen zwei Schritten</translation>
    </message>
    <message>
        <source>Turn %1: %2</source>
        <translation>Runde %1: %2</translation>
    </message>
    <message numerus="yes">
        <source> (of %n that were ready)</source>
        <translation>
            <numerusform> (von %n, der bereit war)</numerusform>
            <numerusform> (von %n, die bereit waren)</numerusform>
        </translation>
    </message>
    <message>
        <source>resume</source>
        <translation>weiter</translation>
    </message>
    <message>
        <source>first step</source>
        <translation>erster Schritt</translation>
    </message>
    <message>
        <source>resume after %1</source>
        <translation>weiter nach %1</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>due</source>
        <translation>fällig</translation>
    </message>
    <message>
        <source>the loop</source>
        <translation>die Schleife</translation>
    </message>
    <message>
        <source>read</source>
        <translation>lesen</translation>
    </message>
    <message>
        <source>write</source>
        <translation>schreiben</translation>
    </message>
    <message>
        <source>it begins</source>
        <translation>sie beginnt</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::LoopPanel</name>
    <message>
        <source>TIMERS, SOONEST FIRST</source>
        <translation>TIMER, FRÜHESTER ZUERST</translation>
    </message>
    <message>
        <source>WATCHED DESCRIPTORS</source>
        <translation>BEOBACHTETE DESKRIPTOREN</translation>
    </message>
    <message>
        <source>None is set.</source>
        <translation>Keiner ist gestellt.</translation>
    </message>
    <message>
        <source>None: the loop waits for timers only.</source>
        <translation>Keine: die Schleife wartet nur auf Timer.</translation>
    </message>
    <message>
        <source>fd</source>
        <translation>fd</translation>
    </message>
    <message>
        <source>for</source>
        <translation>für</translation>
    </message>
    <message>
        <source>other side</source>
        <translation>Gegenseite</translation>
    </message>
    <message>
        <source>TASKS</source>
        <translation>TASKS</translation>
    </message>
    <message>
        <source>What the loop holds at the cursor. In each turn it runs what stands in the ready queue, then waits until a timer is due or a descriptor is ready, and moves whoever waited for that to the ready queue.</source>
        <translation>Was die Schleife am Cursor hält. In jeder Runde führt sie aus, was in der Bereitschaftsschlange steht, wartet dann, bis ein Timer fällig oder ein Deskriptor bereit ist, und stellt, wer darauf gewartet hat, in die Bereitschaftsschlange.</translation>
    </message>
    <message>
        <source>Empty: no task is ready to run.</source>
        <translation>Leer: kein Task ist bereit.</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>Timers</source>
        <translation>Timer</translation>
    </message>
    <message>
        <source>Watched descriptors</source>
        <translation>Beobachtete Deskriptoren</translation>
    </message>
    <message>
        <source>READY QUEUE, FRONT FIRST</source>
        <translation>BEREITE, VORDERSTER ZUERST</translation>
    </message>
    <message>
        <source>The loop at the cursor</source>
        <translation>Die Schleife am Cursor</translation>
    </message>
    <message>
        <source>None, and no timer: only another thread or a signal can wake the loop.</source>
        <translation>Keine, und kein Timer: nur ein anderer Thread oder ein Signal kann die Schleife wecken.</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>Keine.</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::Loops</name>
    <message>
        <source>Process not known</source>
        <translation>Prozess unbekannt</translation>
    </message>
    <message>
        <source>Process %1</source>
        <translation>Prozess %1</translation>
    </message>
    <message>
        <source>No loop</source>
        <translation>Keine Schleife</translation>
    </message>
    <message>
        <source>Loop %1</source>
        <translation>Schleife %1</translation>
    </message>
    <message>
        <source>%1, loop %2</source>
        <translation>%1, Schleife %2</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::MainMenu</name>
    <message>
        <source>Scenarios</source>
        <translation>Szenarien</translation>
    </message>
    <message>
        <source>Recent recordings</source>
        <translation>Letzte Aufzeichnungen</translation>
    </message>
    <message>
        <source>Walk</source>
        <translation>Gehen</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Part of a recording</source>
        <translation>Teil einer Aufnahme</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::MainWindow</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Awaitscope</source>
        <translation>Awaitscope</translation>
    </message>
    <message>
        <source>It could not be opened.</source>
        <translation>Es konnte nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>Szenario</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 - Awaitscope</source>
        <translation>%1 - Awaitscope</translation>
    </message>
    <message>
        <source>Choose a scenario, attach to a program, or open a recording</source>
        <translation>Wählen Sie ein Szenario, hängen Sie an ein Programm an, oder öffnen Sie eine Aufzeichnung</translation>
    </message>
    <message>
        <source>event %1 of %2</source>
        <translation>Ereignis %1 von %2</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>following</source>
        <translation>folgt</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>live, %1</source>
        <translation>live, %1</translation>
    </message>
    <message>
        <source>recording, %1</source>
        <translation>Aufzeichnung, %1</translation>
    </message>
    <message>
        <source>ended, %1</source>
        <translation>beendet, %1</translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation>Eine Aufzeichnung öffnen</translation>
    </message>
    <message>
        <source>Recordings (*.awaitscope);;Traces (*.json);;All files (*)</source>
        <translation>Aufzeichnungen (*.awaitscope);;Traces (*.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Record to</source>
        <translation>Aufzeichnen in</translation>
    </message>
    <message>
        <source>Recordings (*.awaitscope)</source>
        <translation>Aufzeichnungen (*.awaitscope)</translation>
    </message>
    <message>
        <source>Nothing here holds &quot;%1&quot;.</source>
        <translation>Nichts hier enthält „%1“.</translation>
    </message>
    <message>
        <source>About Awaitscope</source>
        <translation>Über Awaitscope</translation>
    </message>
    <message>
        <source>&lt;b&gt;Awaitscope&lt;/b&gt; %1&lt;p&gt;See an event loop at work: asyncio for C++20, and a window on it.&lt;/p&gt;&lt;p&gt;The window is free software under the GNU GPL, version 3 or later; the runtime and the instrumentation, which your programs link, are under the MIT licence.&lt;/p&gt;</source>
        <translation>&lt;b&gt;Awaitscope&lt;/b&gt; %1&lt;p&gt;Sehen Sie einer Ereignisschleife bei der Arbeit zu: asyncio für C++20, und ein Fenster darauf.&lt;/p&gt;&lt;p&gt;Das Fenster ist freie Software unter der GNU GPL, Version 3 oder später; die Laufzeitbibliothek und die Instrumentierung, gegen die Ihre Programme gebunden werden, stehen unter der MIT-Lizenz.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Choose two files: with Ctrl held, click the second one too.</source>
        <translation>Wählen Sie zwei Dateien: klicken Sie die zweite mit gedrückter Strg-Taste an.</translation>
    </message>
    <message>
        <source>reading, %1 %</source>
        <translation>wird gelesen, %1 %</translation>
    </message>
    <message>
        <source>Open a part of a recording</source>
        <translation>Teil einer Aufzeichnung öffnen</translation>
    </message>
    <message>
        <source>%1 is no recording of which a part can be opened.</source>
        <translation>%1 ist keine Aufzeichnung, von der sich ein Teil öffnen lässt.</translation>
    </message>
    <message>
        <source>%1 runs on without this window.</source>
        <translation>%1 läuft ohne dieses Fenster weiter.</translation>
    </message>
    <message>
        <source>%1 still runs</source>
        <translation>%1 läuft noch</translation>
    </message>
    <message>
        <source>%1, which was started for this window, still runs.</source>
        <translation>%1, für dieses Fenster gestartet, läuft noch.</translation>
    </message>
    <message>
        <source>It can go on without the window, and be attached to again.</source>
        <translation>Es kann ohne das Fenster weiterlaufen, und man kann sich später wieder daran anhängen.</translation>
    </message>
    <message>
        <source>Leave it running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::MarkTableModel</name>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>after</source>
        <translation>nach</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Notiz</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::MarksPanel</name>
    <message>
        <source>Marks</source>
        <translation>Marken</translation>
    </message>
    <message>
        <source>Nothing is marked</source>
        <translation>Nichts ist markiert</translation>
    </message>
    <message>
        <source>M marks the moment of the cursor, and takes a note for it. [ and ] go from mark to mark. Marks of recordings and scenarios are kept.</source>
        <translation>M markiert den Moment des Cursors und nimmt eine Notiz dazu. [ und ] gehen von Marke zu Marke. Marken von Aufzeichnungen und Szenarien bleiben erhalten.</translation>
    </message>
    <message>
        <source>The moments that you have marked, with your notes. Return or a click goes there, F2 or a double click edits the note, Delete removes the mark. The marks of a recording or a scenario are there again when it is opened the next time.</source>
        <translation>Die Momente, die Sie markiert haben, mit Ihren Notizen. Eingabe oder ein Klick geht dorthin, F2 oder ein Doppelklick ändert die Notiz, Entf entfernt die Marke. Die Marken einer Aufzeichnung oder eines Szenarios sind beim nächsten Öffnen wieder da.</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::NoteBar</name>
    <message>
        <source>A note for this mark</source>
        <translation>Eine Notiz zu dieser Marke</translation>
    </message>
    <message>
        <source>Note of the mark</source>
        <translation>Notiz der Marke</translation>
    </message>
    <message>
        <source>Marked at %1. Return keeps the note, Shift+M removes the mark.</source>
        <translation>Markiert bei %1. Eingabe behält die Notiz, Umschalt+M entfernt die Marke.</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::OutputPanel</name>
    <message>
        <source>Output up to the cursor</source>
        <translation>Ausgabe bis zum Cursor</translation>
    </message>
    <message>
        <source>Nothing printed yet</source>
        <translation>Noch nichts ausgegeben</translation>
    </message>
    <message>
        <source>What the program had printed by the cursor&apos;s moment. Click a line to go to the moment when it was printed.</source>
        <translation>Was das Programm bis zum Augenblick des Cursors ausgegeben hatte. Klicken Sie eine Zeile an, um zu ihrem Augenblick zu gehen.</translation>
    </message>
    <message>
        <source>Lines appear here as the cursor passes the moment when they were printed. What a Python program prints comes by itself; a C++ program says it through awaitscope::output().</source>
        <translation>Zeilen erscheinen hier, sobald der Cursor den Augenblick ihrer Ausgabe erreicht. Was ein Python-Programm ausgibt, kommt von selbst; ein C++-Programm sagt es mit awaitscope::output().</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::PanelCommands</name>
    <message>
        <source>The picture of &quot;%1&quot; is on the clipboard.</source>
        <translation>Das Bild von „%1“ ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>%1 lines of &quot;%2&quot; are on the clipboard.</source>
        <translation>%1 Zeilen von „%2“ sind in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Das Bild speichern</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Bilder (*.png)</translation>
    </message>
    <message>
        <source>%1 cannot be written; choose another name.</source>
        <translation>%1 kann nicht geschrieben werden; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; shows nothing that could be copied as a table.</source>
        <translation>„%1“ zeigt nichts, was sich als Tabelle kopieren ließe.</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::PanelDock</name>
    <message>
        <source>Put back into the window</source>
        <translation>Zurück ins Fenster</translation>
    </message>
    <message>
        <source>Close; the View menu brings it back</source>
        <translation>Schließen; das Menü Ansicht holt es zurück</translation>
    </message>
    <message>
        <source>Panel: %1</source>
        <translation>Fenster: %1</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::PanelTools</name>
    <message>
        <source>About this panel</source>
        <translation>Über dieses Feld</translation>
    </message>
    <message>
        <source>About the panel %1</source>
        <translation>Über das Feld %1</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::PartDialog</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open a part of a recording</source>
        <translation>Teil einer Aufzeichnung öffnen</translation>
    </message>
    <message>
        <source>Open a part of %1</source>
        <translation>Einen Teil von %1 öffnen</translation>
    </message>
    <message>
        <source>It has %1 events from %2 to %3. Drag along the bar, or type.</source>
        <translation>Sie hat %1 Ereignisse von %2 bis %3. Ziehen Sie über den Balken, oder tippen Sie.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>A time: 1.5s, 200ms, 2m</source>
        <translation>Eine Zeit: 1.5s, 200ms, 2m</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>A time is a number with a unit: 1.5s, 200ms, 2m.</source>
        <translation>Eine Zeit ist eine Zahl mit Einheit: 1.5s, 200ms, 2m.</translation>
    </message>
    <message>
        <source>It must begin before it ends.</source>
        <translation>Der Teil muss beginnen, bevor er endet.</translation>
    </message>
    <message>
        <source>The recording has nothing there.</source>
        <translation>Dort hat die Aufzeichnung nichts.</translation>
    </message>
    <message>
        <source>About %1 events: more than the %2 there is memory for. It is opened up to %3.</source>
        <translation>Etwa %1 Ereignisse: mehr als die %2, für die der Speicher reicht. Geöffnet wird bis %3.</translation>
    </message>
    <message>
        <source>About %1 events.</source>
        <translation>Etwa %1 Ereignisse.</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::PrimitiveDetails</name>
    <message>
        <source>LEVEL SO FAR</source>
        <translation>FÜLLSTAND BISHER</translation>
    </message>
    <message>
        <source>Level so far</source>
        <translation>Füllstand bisher</translation>
    </message>
    <message>
        <source>HELD BY</source>
        <translation>GEHALTEN VON</translation>
    </message>
    <message>
        <source>WAITING, FIRST COME FIRST</source>
        <translation>WARTEND, WER ZUERST KAM ZUERST</translation>
    </message>
    <message>
        <source>What last happened</source>
        <translation>Was zuletzt geschah</translation>
    </message>
    <message>
        <source>LAST</source>
        <translation>ZULETZT</translation>
    </message>
    <message>
        <source>put, %1</source>
        <translation>hineingelegt, %1</translation>
    </message>
    <message>
        <source>get, %1</source>
        <translation>entnommen, %1</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>acquired</source>
        <translation>erlangt</translation>
    </message>
    <message>
        <source>released</source>
        <translation>freigegeben</translation>
    </message>
    <message>
        <source>put</source>
        <translation>hineingelegt</translation>
    </message>
    <message>
        <source>got</source>
        <translation>entnommen</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>bei %1</translation>
    </message>
    <message>
        <source>%1, at %2</source>
        <translation>%1, bei %2</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::PrimitiveTableModel</name>
    <message>
        <source>kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartend</translation>
    </message>
    <message>
        <source>level so far</source>
        <translation>Füllstand bisher</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Was es ist</translation>
    </message>
    <message>
        <source>The name given to it, or its number</source>
        <translation>Sein Name, oder seine Nummer</translation>
    </message>
    <message>
        <source>Who holds it, how many are left, how full it is</source>
        <translation>Wer es hält, wie viele übrig sind, wie voll es ist</translation>
    </message>
    <message>
        <source>Tasks that wait for it</source>
        <translation>Tasks, die darauf warten</translation>
    </message>
    <message>
        <source>How full the queue was, from the beginning to the cursor</source>
        <translation>Wie voll die Warteschlange war, vom Anfang bis zum Cursor</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::Primitives</name>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>%1 in it</source>
        <translation>%1 darin</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>empty, %1</source>
        <translation>leer, %1</translation>
    </message>
    <message>
        <source>full, %1</source>
        <translation>voll, %1</translation>
    </message>
    <message>
        <source>free</source>
        <translation>frei</translation>
    </message>
    <message>
        <source>held</source>
        <translation>gehalten</translation>
    </message>
    <message>
        <source>held by %1</source>
        <translation>gehalten von %1</translation>
    </message>
    <message>
        <source>value %1</source>
        <translation>Wert %1</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::PrimitivesPanel</name>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter primitives by name or kind</source>
        <translation>Primitive nach Name oder Art filtern</translation>
    </message>
    <message>
        <source>Primitives</source>
        <translation>Primitive</translation>
    </message>
    <message>
        <source>What tasks wait for each other at: locks with their owner, queues and how full they are, semaphores, events, conditions, barriers; and who waits, first come first. Choose one to see more of it; click a waiter to select the task; double-click a row, or press Return, to go to where it was last acquired or put into. A semaphore&apos;s value is known once a task has had to wait for it.</source>
        <translation>Woran Tasks aufeinander warten: Sperren mit ihrem Besitzer, Warteschlangen und wie voll sie sind, Semaphore, Events, Conditions, Barrieren; und wer wartet, wer zuerst kam zuerst. Wählen Sie eines, um mehr davon zu sehen; klicken Sie einen Wartenden an, um den Task zu wählen; ein Doppelklick auf eine Zeile oder Eingabe führt dorthin, wo es zuletzt erlangt oder befüllt wurde. Der Wert eines Semaphors ist bekannt, sobald ein Task darauf warten musste.</translation>
    </message>
    <message>
        <source>Nothing fits the filter</source>
        <translation>Nichts passt zum Filter</translation>
    </message>
    <message>
        <source>No lock or queue yet</source>
        <translation>Noch keine Sperre oder Warteschlange</translation>
    </message>
    <message>
        <source>Locks, events, conditions, semaphores, barriers and queues are listed here from the moment when the program first uses one.</source>
        <translation>Sperren, Events, Conditions, Semaphore, Barrieren und Warteschlangen stehen hier von dem Augenblick an, in dem das Programm zum ersten Mal eine benutzt.</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::QuestionCard</name>
    <message>
        <source>&lt;b&gt;Right.&lt;/b&gt; </source>
        <translation>&lt;b&gt;Richtig.&lt;/b&gt; </translation>
    </message>
    <message>
        <source>&lt;b&gt;Not quite.&lt;/b&gt; </source>
        <translation>&lt;b&gt;Nicht ganz.&lt;/b&gt; </translation>
    </message>
    <message>
        <source>What comes next is hidden until you have answered.</source>
        <translation>Was kommt, ist bis zur Antwort verborgen.</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Leave the question open, and go on</source>
        <translation>Die Frage offen lassen und weitergehen</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::RecordingBar</name>
    <message>
        <source>Open: %1 to %2 of a recording from %3 to %4, about %5 of its %6 events</source>
        <translation>Offen: %1 bis %2 einer Aufzeichnung von %3 bis %4, etwa %5 ihrer %6 Ereignisse</translation>
    </message>
    <message>
        <source>A part is open: about %1 of %2 events</source>
        <translation>Ein Teil ist offen: etwa %1 von %2 Ereignissen</translation>
    </message>
    <message>
        <source>Left and Right open the part before and the part behind.</source>
        <translation>Links und Rechts öffnen den Teil davor und den Teil dahinter.</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::RecordingScale</name>
    <message>
        <source>The whole recording</source>
        <translation>Die ganze Aufzeichnung</translation>
    </message>
    <message>
        <source>%1: click to open what is around it, or drag along what is to be open</source>
        <translation>%1: klicken, um zu öffnen, was darum liegt, oder ziehen, so weit es offen sein soll</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::SearchWalk</name>
    <message>
        <source>%1 found, %2 %</source>
        <translation>%1 gefunden, %2 %</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>%1 gefunden</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::SelectionPanel</name>
    <message>
        <source>WHO WAITS FOR WHOM</source>
        <translation>WER AUF WEN WARTET</translation>
    </message>
    <message>
        <source>TIME</source>
        <translation>ZEIT</translation>
    </message>
    <message>
        <source>STEPS</source>
        <translation>SCHRITTE</translation>
    </message>
    <message>
        <source>No task is selected</source>
        <translation>Kein Task ist gewählt</translation>
    </message>
    <message>
        <source>Click a task in the timeline or in the table. While none is selected, the one that runs is shown here.</source>
        <translation>Klicken Sie einen Task in der Zeitachse oder in der Tabelle an. Solange keiner gewählt ist, steht hier der laufende.</translation>
    </message>
    <message>
        <source>This task is created later. Move the cursor on.</source>
        <translation>Dieser Task wird später erzeugt. Bewegen Sie den Cursor weiter.</translation>
    </message>
    <message>
        <source>A cycle: none of these will ever go on.</source>
        <translation>Ein Kreis: keiner von diesen kommt je weiter.</translation>
    </message>
    <message>
        <source>created by</source>
        <translation>erzeugt von</translation>
    </message>
    <message>
        <source>created</source>
        <translation>erzeugt</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>fortgesetzt</translation>
    </message>
    <message>
        <source>seen for</source>
        <translation>gesehen seit</translation>
    </message>
    <message>
        <source>age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>zu Ende</translation>
    </message>
    <message>
        <source>The selected task</source>
        <translation>Der gewählte Task</translation>
    </message>
    <message>
        <source>Time by state</source>
        <translation>Zeit nach Zustand</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>The loop</source>
        <translation>Die Schleife</translation>
    </message>
    <message>
        <source>The newest is followed, and no task is selected.</source>
        <translation>Dem Neuesten wird gefolgt, und kein Task ist ausgewählt.</translation>
    </message>
    <message>
        <source>How the loop is doing</source>
        <translation>Wie es der Schleife geht</translation>
    </message>
    <message>
        <source>FOUND LAST</source>
        <translation>ZULETZT GEFUNDEN</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>Noch nichts.</translation>
    </message>
    <message>
        <source>Click a task in the timeline or in the table: it is then shown here.</source>
        <translation>Einen Task in der Zeitleiste oder in der Tabelle anklicken: dann ist er hier zu sehen.</translation>
    </message>
    <message>
        <source>The selected task at the cursor. The chain reads from the top: each waits for the one below it. Times are sums from its creation to the cursor. While a program is followed and no task is selected: how its loop is doing.</source>
        <translation>Der gewählte Task am Cursor. Die Kette liest sich von oben: jeder wartet auf den darunter. Zeiten sind Summen von seiner Erzeugung bis zum Cursor. Solange einem Programm gefolgt wird und kein Task ausgewählt ist: wie es seiner Schleife geht.</translation>
    </message>
    <message>
        <source>found last</source>
        <translation>zuletzt gefunden</translation>
    </message>
    <message>
        <source>tasks alive</source>
        <translation>lebende Tasks</translation>
    </message>
    <message>
        <source>ready to run</source>
        <translation>laufbereit</translation>
    </message>
    <message>
        <source>timers set</source>
        <translation>gesetzte Timer</translation>
    </message>
    <message>
        <source>busy, of the last %1</source>
        <translation>beschäftigt, in den letzten %1</translation>
    </message>
    <message>
        <source>longest in the ready queue</source>
        <translation>am längsten in der Bereitschaftsschlange</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::SelectionSummary</name>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>ready, not run</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>waiting: %1</source>
        <translation>wartet: %1</translation>
    </message>
    <message>
        <source>the loop</source>
        <translation>die Schleife</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>bei %1</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::ShortcutsPage</name>
    <message>
        <source>WALK</source>
        <translation>GEHEN</translation>
    </message>
    <message>
        <source>run or pause</source>
        <translation>laufen oder anhalten</translation>
    </message>
    <message>
        <source>step: the next time a task runs</source>
        <translation>Schritt: das nächste Mal, dass ein Task läuft</translation>
    </message>
    <message>
        <source>step back</source>
        <translation>Schritt zurück</translation>
    </message>
    <message>
        <source>next, previous turn of the loop</source>
        <translation>nächste, vorige Runde der Schleife</translation>
    </message>
    <message>
        <source>next, previous output</source>
        <translation>nächste, vorige Ausgabe</translation>
    </message>
    <message>
        <source>next, previous step of the selected task</source>
        <translation>nächster, voriger Schritt des gewählten Tasks</translation>
    </message>
    <message>
        <source>next, previous finding</source>
        <translation>nächster, voriger Befund</translation>
    </message>
    <message>
        <source>next, previous event</source>
        <translation>nächstes, voriges Ereignis</translation>
    </message>
    <message>
        <source>first, last event</source>
        <translation>erstes, letztes Ereignis</translation>
    </message>
    <message>
        <source>go to a time, an event, a turn, a task</source>
        <translation>zu einer Zeit, einem Ereignis, einer Runde, einem Task gehen</translation>
    </message>
    <message>
        <source>follow what is live</source>
        <translation>dem folgen, was live ist</translation>
    </message>
    <message>
        <source>fit everything</source>
        <translation>alles zeigen</translation>
    </message>
    <message>
        <source>search tasks, lines, events</source>
        <translation>Tasks, Zeilen, Ereignisse suchen</translation>
    </message>
    <message>
        <source>OPEN</source>
        <translation>ÖFFNEN</translation>
    </message>
    <message>
        <source>open a recording</source>
        <translation>eine Aufzeichnung öffnen</translation>
    </message>
    <message>
        <source>attach to a running program</source>
        <translation>an ein laufendes Programm anhängen</translation>
    </message>
    <message>
        <source>another window</source>
        <translation>ein weiteres Fenster</translation>
    </message>
    <message>
        <source>close what is open, then the window</source>
        <translation>das Geöffnete schließen, dann das Fenster</translation>
    </message>
    <message>
        <source>every command by its name</source>
        <translation>jeder Befehl mit seinem Namen</translation>
    </message>
    <message>
        <source>the manual</source>
        <translation>das Handbuch</translation>
    </message>
    <message>
        <source>print the panel</source>
        <translation>das Feld drucken</translation>
    </message>
    <message>
        <source>this page</source>
        <translation>diese Seite</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Stepping moves the cursor over what was recorded. The program itself is never stopped.</source>
        <translation>Schritte bewegen den Cursor über das Aufgezeichnete. Das Programm selbst wird nie angehalten.</translation>
    </message>
    <message>
        <source>next, previous match</source>
        <translation>nächster, voriger Treffer</translation>
    </message>
    <message>
        <source>undo, redo: zoom, filter, folding</source>
        <translation>rückgängig, wiederholen: Zoom, Filter, Falten</translation>
    </message>
    <message>
        <source>the real run, the expected run</source>
        <translation>der wirkliche Lauf, der erwartete</translation>
    </message>
    <message>
        <source>TIMELINE</source>
        <translation>ZEITACHSE</translation>
    </message>
    <message>
        <source>MOUSE ON THE TIMELINE</source>
        <translation>MAUS AUF DER ZEITACHSE</translation>
    </message>
    <message>
        <source>FIND</source>
        <translation>FINDEN</translation>
    </message>
    <message>
        <source>clear the search, the measure or the selection</source>
        <translation>Suche, Maß oder Auswahl aufheben</translation>
    </message>
    <message>
        <source>open a part of a recording</source>
        <translation>Teil einer Aufzeichnung öffnen</translation>
    </message>
    <message>
        <source>the part before, behind</source>
        <translation>der Teil davor, dahinter</translation>
    </message>
    <message>
        <source>read no further</source>
        <translation>nicht weiterlesen</translation>
    </message>
    <message>
        <source>record it to a file</source>
        <translation>in eine Datei aufzeichnen</translation>
    </message>
    <message>
        <source>close all windows</source>
        <translation>alle Fenster schließen</translation>
    </message>
    <message>
        <source>PANEL</source>
        <translation>FELD</translation>
    </message>
    <message>
        <source>copy the panel&apos;s table, its picture</source>
        <translation>Tabelle, Bild des Felds kopieren</translation>
    </message>
    <message>
        <source>save the panel&apos;s picture</source>
        <translation>Bild des Felds speichern</translation>
    </message>
    <message>
        <source>everything larger, smaller, as at first</source>
        <translation>alles größer, kleiner, wie zuerst</translation>
    </message>
    <message>
        <source>open the line in your editor</source>
        <translation>die Zeile im eigenen Editor öffnen</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::SourceEditor</name>
    <message>
        <source>%1 needs a terminal, and there is no x-terminal-emulator; set AWAITSCOPE_EDITOR to an editor with a window, for instance &quot;kate&quot;.</source>
        <translation>%1 braucht ein Terminal, und es gibt kein x-terminal-emulator; setzen Sie AWAITSCOPE_EDITOR auf einen Editor mit einem Fenster, zum Beispiel „kate“.</translation>
    </message>
    <message>
        <source>%1 is built into Awaitscope and cannot be written to %2.</source>
        <translation>%1 ist in Awaitscope eingebaut und lässt sich nicht nach %2 schreiben.</translation>
    </message>
    <message>
        <source>The desktop knows no editor for %1; set AWAITSCOPE_EDITOR, for instance to &quot;code -g %f:%l&quot;.</source>
        <translation>Der Desktop kennt keinen Editor für %1; setzen Sie AWAITSCOPE_EDITOR, zum Beispiel auf „code -g %f:%l“.</translation>
    </message>
    <message>
        <source>%1 cannot be started; set AWAITSCOPE_EDITOR to your editor.</source>
        <translation>%1 lässt sich nicht starten; setzen Sie AWAITSCOPE_EDITOR auf Ihren Editor.</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::SourceMarks</name>
    <message>
        <source> and many more</source>
        <translation> und viele mehr</translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation> und %1 weitere</translation>
    </message>
    <message>
        <source>%1 is inside this</source>
        <translation>%1 ist hier drinnen</translation>
    </message>
    <message>
        <source>%1 here</source>
        <translation>%1 hier</translation>
    </message>
    <message>
        <source>%1 waits here</source>
        <translation>%1 wartet hier</translation>
    </message>
    <message>
        <source>%1 wait here</source>
        <translation>%1 warten hier</translation>
    </message>
    <message>
        <source>%1 ended here</source>
        <translation>%1 endete hier</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::SourcePanel</name>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>C++</source>
        <translation>C++</translation>
    </message>
    <message>
        <source>No line yet</source>
        <translation>Noch keine Zeile</translation>
    </message>
    <message>
        <source>As soon as a task runs, the line it stands at is shown here, and where the others wait.</source>
        <translation>Sobald ein Task läuft, steht hier die Zeile, an der er steht, und wo die anderen warten.</translation>
    </message>
    <message>
        <source>Where is %1?</source>
        <translation>Wo liegt %1?</translation>
    </message>
    <message>
        <source>Locate the file...</source>
        <translation>Die Datei suchen ...</translation>
    </message>
    <message>
        <source>%1 is not on this machine</source>
        <translation>%1 ist nicht auf diesem Rechner</translation>
    </message>
    <message>
        <source>It was recorded as %1. Show where it lies here, and other files are found the same way.</source>
        <translation>Sie wurde als %1 aufgezeichnet. Zeigen Sie, wo sie hier liegt; andere Dateien werden dann ebenso gefunden.</translation>
    </message>
    <message>
        <source>Language in which lines are shown and named</source>
        <translation>Sprache, in der Zeilen gezeigt und genannt werden</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Beide</translation>
    </message>
    <message>
        <source>Show Python and C++ side by side</source>
        <translation>Python und C++ nebeneinander zeigen</translation>
    </message>
    <message>
        <source>Source code in Python</source>
        <translation>Quelltext in Python</translation>
    </message>
    <message>
        <source>Source code in %1</source>
        <translation>Quelltext in %1</translation>
    </message>
    <message>
        <source>No source is shown that could be opened.</source>
        <translation>Es wird kein Quelltext gezeigt, der sich öffnen ließe.</translation>
    </message>
    <message>
        <source>%1 is being opened in your editor, at line %2.</source>
        <translation>%1 wird in Ihrem Editor geöffnet, in Zeile %2.</translation>
    </message>
    <message>
        <source>The line where the current task stands (the selected one, else the one that runs, unless a live program is followed), lighter the lines from which it was called, and where other tasks stand at this moment. Framed: the line that the story&apos;s card speaks of. A scenario&apos;s C++ program and its Python twin do the same: the language in front names the lines in all panels, and where there is room both are seen. A double click, or F4, opens the line in your editor (AWAITSCOPE_EDITOR, for instance &quot;code -g %f:%l&quot;, or else VISUAL and EDITOR).</source>
        <translation>Die Zeile, an der der aktuelle Task steht (der gewählte, sonst der laufende, außer wenn einem laufenden Programm gefolgt wird), heller die Zeilen, aus denen er aufgerufen wurde, und wo andere Tasks in diesem Augenblick stehen. Eingerahmt: die Zeile, von der die Karte der Geschichte spricht. Das C++-Programm eines Szenarios und sein Zwilling in Python tun dasselbe: die Sprache, die vorn ist, nennt die Zeilen in allen Fenstern, und wo Platz ist, sieht man beide. Ein Doppelklick oder F4 öffnet die Zeile in Ihrem Editor (AWAITSCOPE_EDITOR, zum Beispiel „code -g %f:%l“, oder sonst VISUAL und EDITOR).</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::SourceView</name>
    <message>
        <source>Source code</source>
        <translation>Quelltext</translation>
    </message>
    <message>
        <source>line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>the card speaks of this line</source>
        <translation>von dieser Zeile spricht die Karte</translation>
    </message>
    <message>
        <source>the card&apos;s line</source>
        <translation>Zeile der Karte</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::Sparkline</name>
    <message>
        <source>greatest %1, now %2</source>
        <translation>größter %1, jetzt %2</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::StateWords</name>
    <message>
        <source>unborn</source>
        <translation>noch nicht erzeugt</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>sleep</source>
        <translation>sleep</translation>
    </message>
    <message>
        <source>future</source>
        <translation>Future</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Task</translation>
    </message>
    <message>
        <source>gather</source>
        <translation>gather</translation>
    </message>
    <message>
        <source>lock</source>
        <translation>Sperre</translation>
    </message>
    <message>
        <source>event</source>
        <translation>Event</translation>
    </message>
    <message>
        <source>condition</source>
        <translation>Condition</translation>
    </message>
    <message>
        <source>semaphore</source>
        <translation>Semaphor</translation>
    </message>
    <message>
        <source>barrier</source>
        <translation>Barriere</translation>
    </message>
    <message>
        <source>queue get</source>
        <translation>Warteschlange: get</translation>
    </message>
    <message>
        <source>queue put</source>
        <translation>Warteschlange: put</translation>
    </message>
    <message>
        <source>I/O</source>
        <translation>I/O</translation>
    </message>
    <message>
        <source>thread</source>
        <translation>Thread</translation>
    </message>
    <message>
        <source>process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>timeout</source>
        <translation>timeout</translation>
    </message>
    <message>
        <source>task group</source>
        <translation>Task-Gruppe</translation>
    </message>
    <message>
        <source>yield</source>
        <translation>yield</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>gather of 3 tasks</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>queue %1: get</source>
        <translation>Warteschlange %1: get</translation>
    </message>
    <message>
        <source>queue %1: put</source>
        <translation>Warteschlange %1: put</translation>
    </message>
    <message>
        <source>%1st in the queue</source>
        <translation>%1. in der Schlange</translation>
    </message>
    <message>
        <source>%1nd in the queue</source>
        <translation>%1. in der Schlange</translation>
    </message>
    <message>
        <source>%1rd in the queue</source>
        <translation>%1. in der Schlange</translation>
    </message>
    <message>
        <source>%1th in the queue</source>
        <translation>%1. in der Schlange</translation>
    </message>
    <message>
        <source>bounded semaphore</source>
        <translation>begrenztes Semaphor</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>Warteschlange</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::StatusBar</name>
    <message>
        <source>The program was faster than the reader: these events were overwritten before they were read</source>
        <translation>Das Programm war schneller als der Leser: diese Ereignisse wurden überschrieben, bevor sie gelesen waren</translation>
    </message>
    <message>
        <source>virtual clock</source>
        <translation>virtuelle Uhr</translation>
    </message>
    <message>
        <source>%1 events</source>
        <translation>%1 Ereignisse</translation>
    </message>
    <message>
        <source>%1 events, 0 lost</source>
        <translation>%1 Ereignisse, 0 verloren</translation>
    </message>
    <message>
        <source>%1 lost</source>
        <translation>%1 verloren</translation>
    </message>
    <message>
        <source>%1 tasks, %2 finished</source>
        <translation>%1 Tasks, %2 beendet</translation>
    </message>
    <message>
        <source>ready %1</source>
        <translation>bereit %1</translation>
    </message>
    <message>
        <source>%1 events/s</source>
        <translation>%1 Ereignisse/s</translation>
    </message>
    <message>
        <source>%1 task, %2 finished</source>
        <translation>%1 Task, %2 beendet</translation>
    </message>
    <message>
        <source>How much of the file has been read</source>
        <translation>Wie viel von der Datei gelesen ist</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::StoryPanel</name>
    <message>
        <source>◀  Previous</source>
        <translation>◀  Zurück</translation>
    </message>
    <message>
        <source>Next  ▶</source>
        <translation>Weiter  ▶</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Noch einmal fragen</translation>
    </message>
    <message>
        <source>Forget the answers given in this story</source>
        <translation>Die Antworten in dieser Geschichte vergessen</translation>
    </message>
    <message>
        <source>Card %1 of %2</source>
        <translation>Karte %1 von %2</translation>
    </message>
    <message>
        <source>Next scenario</source>
        <translation>Nächstes Szenario</translation>
    </message>
    <message>
        <source>Go to the first of them</source>
        <translation>Zur ersten davon gehen</translation>
    </message>
    <message>
        <source>Show the whole run at once, in every story. Otherwise what comes after a question is hidden until you have answered or skipped it.</source>
        <translation>Zeigt in jeder Geschichte gleich den ganzen Lauf. Sonst bleibt verborgen, was nach einer Frage kommt, bis Sie sie beantwortet oder übersprungen haben.</translation>
    </message>
    <message>
        <source>1 question open</source>
        <translation>1 Frage offen</translation>
    </message>
    <message>
        <source>%1 questions open</source>
        <translation>%1 Fragen offen</translation>
    </message>
    <message>
        <source>The question comes first: answer it, or skip it below the answers</source>
        <translation>Zuerst die Frage: antworten, oder sie unter den Antworten überspringen</translation>
    </message>
    <message>
        <source>Whole run</source>
        <translation>Ganzer Lauf</translation>
    </message>
    <message>
        <source>Back to this card</source>
        <translation>Zurück zur Karte</translation>
    </message>
    <message>
        <source>Move the cursor to the moment that this card tells of</source>
        <translation>Setzt den Cursor auf den Augenblick, von dem diese Karte erzählt</translation>
    </message>
    <message>
        <source>The story says what the loop just did, and why. Previous and Next turn its cards and move the cursor to their moments; when you step or run on over the end of a card, the next one comes. When you click somewhere else, the card stays, and leads you back. Questions come before their answers: what follows a question is hidden until you have answered or skipped it, or for good with &quot;Whole run&quot;.</source>
        <translation>Die Geschichte sagt, was die Schleife gerade getan hat und warum. Zurück und Weiter wenden ihre Karten und setzen den Cursor auf deren Augenblick; gehen Sie über das Ende einer Karte hinaus weiter, kommt die nächste. Klicken Sie anderswohin, bleibt die Karte und führt Sie zurück. Fragen kommen vor ihren Antworten: Was auf eine Frage folgt, bleibt verborgen, bis Sie sie beantwortet oder übersprungen haben, oder mit „Ganzer Lauf“ gar nicht.</translation>
    </message>
    <message>
        <source>%1, at %2</source>
        <translation>%1, bei %2</translation>
    </message>
    <message>
        <source>elsewhere: %1</source>
        <translation>anderswo: %1</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::StoryText</name>
    <message>
        <source>What happens here</source>
        <translation>Was hier geschieht</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::TaskPanel</name>
    <message>
        <source>Filter tasks</source>
        <translation>Tasks filtern</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>No tasks yet</source>
        <translation>Noch keine Tasks</translation>
    </message>
    <message>
        <source>Tasks are listed here once the cursor stands behind their creation.</source>
        <translation>Tasks werden hier aufgeführt, sobald der Cursor hinter ihrer Erzeugung steht.</translation>
    </message>
    <message>
        <source>Every task at the cursor: its state, what it waits for, the line where it stands, how often it ran and for how long. Select one to see it everywhere; double-click to zoom the timeline to its life.</source>
        <translation>Jeder Task am Cursor: sein Zustand, worauf er wartet, die Zeile, an der er steht, wie oft und wie lange er lief. Wählen Sie einen, um ihn überall zu sehen; ein Doppelklick zeigt in der Zeitachse sein Leben.</translation>
    </message>
    <message>
        <source>No task fits the filter</source>
        <translation>Kein Task passt zum Filter</translation>
    </message>
    <message>
        <source>Filter tasks by name, coroutine or state</source>
        <translation>Tasks nach Name, Coroutine oder Zustand filtern</translation>
    </message>
    <message>
        <source>Looking for tasks that fit...</source>
        <translation>Suche passende Tasks ...</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::TaskTableModel</name>
    <message>
        <source>task</source>
        <translation>Task</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>waits for</source>
        <translation>wartet auf</translation>
    </message>
    <message>
        <source>at</source>
        <translation>bei</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>The task&apos;s name</source>
        <translation>Der Name des Tasks</translation>
    </message>
    <message>
        <source>What it does at the cursor</source>
        <translation>Was er am Cursor tut</translation>
    </message>
    <message>
        <source>What it waits for, or its place in the ready queue</source>
        <translation>Worauf er wartet, oder sein Platz in der Bereitschaftsschlange</translation>
    </message>
    <message>
        <source>The line of its last co_await</source>
        <translation>Die Zeile seines letzten co_await</translation>
    </message>
    <message>
        <source>How many steps it has run</source>
        <translation>Wie viele Schritte er gelaufen ist</translation>
    </message>
    <message>
        <source>How long it has run, all steps together</source>
        <translation>Wie lange er lief, alle Schritte zusammen</translation>
    </message>
    <message>
        <source>loop</source>
        <translation>Schleife</translation>
    </message>
    <message>
        <source>The loop that runs it, and the loop&apos;s process</source>
        <translation>Die Schleife, die ihn ausführt, und deren Prozess</translation>
    </message>
    <message>
        <source>How long ago it was created; how long it lived, if it has ended. &gt;: it is older than the recording</source>
        <translation>Wie lange es her ist, dass er erzeugt wurde; wie lange er lebte, falls er geendet hat. &gt;: er ist älter als die Aufzeichnung</translation>
    </message>
    <message>
        <source>Longer than %1: it is older than the recording</source>
        <translation>Länger als %1: er ist älter als die Aufzeichnung</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::Timeline</name>
    <message>
        <source>%1 lost</source>
        <translation>%1 verloren</translation>
    </message>
    <message>
        <source>ready depth ≤ %1</source>
        <translation>bereit ≤ %1</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>ready depth</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>the answer</source>
        <translation>die Antwort</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::TimelineView</name>
    <message>
        <source>%1 earlier events are folded. </source>
        <translation>%1 frühere Ereignisse sind zusammengefaltet. </translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom to the selected task&apos;s life</source>
        <translation>Auf das Leben des gewählten Tasks zoomen</translation>
    </message>
    <message>
        <source>Bring the cursor into sight</source>
        <translation>Den Cursor ins Bild holen</translation>
    </message>
    <message>
        <source>Fold or unfold the selected task</source>
        <translation>Den gewählten Task falten oder entfalten</translation>
    </message>
    <message>
        <source>Axis of time or of steps</source>
        <translation>Achse der Zeit oder der Schritte</translation>
    </message>
    <message>
        <source>here</source>
        <translation>hier</translation>
    </message>
    <message>
        <source>%1 spans, too short to be told apart; zoom in</source>
        <translation>%1 Abschnitte, zu kurz, um sie zu unterscheiden; zoomen Sie</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>waiting: %1</source>
        <translation>wartet: %1</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>still so at %1</source>
        <translation>noch immer so bei %1</translation>
    </message>
    <message>
        <source>for</source>
        <translation>für</translation>
    </message>
    <message>
        <source>at</source>
        <translation>bei</translation>
    </message>
    <message>
        <source>by</source>
        <translation>durch</translation>
    </message>
    <message>
        <source>the loop</source>
        <translation>die Schleife</translation>
    </message>
    <message>
        <source>event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>read</source>
        <translation>gelesen</translation>
    </message>
    <message>
        <source>written</source>
        <translation>geschrieben</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>%1 bytes at %2</source>
        <translation>%1 Bytes bei %2</translation>
    </message>
    <message>
        <source>in all</source>
        <translation>insgesamt</translation>
    </message>
    <message>
        <source>%1 read, %2 written</source>
        <translation>%1 gelesen, %2 geschrieben</translation>
    </message>
    <message>
        <source>waits: %1</source>
        <translation>wartet: %1</translation>
    </message>
    <message>
        <source>waits: %1, at %2</source>
        <translation>wartet: %1, bei %2</translation>
    </message>
    <message>
        <source>not created yet</source>
        <translation>noch nicht erzeugt</translation>
    </message>
    <message>
        <source>Time: as long as it took. Steps: each event as wide as the next, so that what happens in one instant can be told apart.</source>
        <translation>Zeit: so lange, wie es dauerte. Schritte: jedes Ereignis so breit wie das nächste, so dass sich unterscheiden lässt, was in einem Augenblick geschieht.</translation>
    </message>
    <message>
        <source>%1 events were lost here: the program wrote faster than they were read.</source>
        <translation>%1 Ereignisse gingen hier verloren: das Programm schrieb schneller, als sie gelesen wurden.</translation>
    </message>
    <message>
        <source>defined</source>
        <translation>definiert</translation>
    </message>
    <message>
        <source>created</source>
        <translation>erzeugt</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>zu Ende</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>%1 tasks, %2 events, %3 to %4. </source>
        <translation>%1 Tasks, %2 Ereignisse, %3 bis %4. </translation>
    </message>
    <message>
        <source>The cursor is before the first event. </source>
        <translation>Der Cursor steht vor dem ersten Ereignis. </translation>
    </message>
    <message>
        <source>Cursor at %1, after event %2: %3. </source>
        <translation>Cursor bei %1, nach Ereignis %2: %3. </translation>
    </message>
    <message>
        <source>no task runs</source>
        <translation>kein Task läuft</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 läuft</translation>
    </message>
    <message>
        <source>Selected: %1, %2, %3.</source>
        <translation>Gewählt: %1, %2, %3.</translation>
    </message>
    <message>
        <source>No task is selected.</source>
        <translation>Kein Task ist gewählt.</translation>
    </message>
    <message>
        <source>The timeline is empty.</source>
        <translation>Die Zeitachse ist leer.</translation>
    </message>
    <message>
        <source>Nothing is shown yet. Start a scenario, attach to a process or open a recording.</source>
        <translation>Noch ist nichts zu sehen. Starten Sie ein Szenario, hängen Sie an einen Prozess an, oder öffnen Sie eine Aufzeichnung.</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>Waiting for the first event …</source>
        <translation>Wartet auf das erste Ereignis …</translation>
    </message>
    <message>
        <source>%1 earlier events are folded</source>
        <translation>%1 frühere Ereignisse sind gefaltet</translation>
    </message>
    <message>
        <source>%1, %2 event</source>
        <translation>%1, %2 Ereignis</translation>
    </message>
    <message>
        <source>%1, %2 events</source>
        <translation>%1, %2 Ereignisse</translation>
    </message>
    <message>
        <source>frame %1 ms · half under %2 · 99 % under %3 · most %4 ms · %5 rectangles</source>
        <translation>Bild %1 ms · die Hälfte unter %2 · 99 % unter %3 · höchstens %4 ms · %5 Rechtecke</translation>
    </message>
    <message>
        <source>Remove the mark at the cursor</source>
        <translation>Die Marke am Cursor entfernen</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Move left</source>
        <translation>Nach links</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>Nach rechts</translation>
    </message>
    <message>
        <source>Select the task above</source>
        <translation>Den Task darüber auswählen</translation>
    </message>
    <message>
        <source>Select the task below</source>
        <translation>Den Task darunter auswählen</translation>
    </message>
    <message>
        <source>Scroll the tracks up</source>
        <translation>Die Spuren aufwärts rollen</translation>
    </message>
    <message>
        <source>Scroll the tracks down</source>
        <translation>Die Spuren abwärts rollen</translation>
    </message>
    <message>
        <source>Mark the moment of the cursor</source>
        <translation>Den Moment des Cursors markieren</translation>
    </message>
    <message>
        <source>Mark before</source>
        <translation>Vorige Marke</translation>
    </message>
    <message>
        <source>Mark behind</source>
        <translation>Nächste Marke</translation>
    </message>
    <message>
        <source>Height of rows</source>
        <translation>Höhe der Zeilen</translation>
    </message>
    <message>
        <source>Fold or unfold the selected task&apos;s process or loop</source>
        <translation>Prozess oder Schleife des gewählten Tasks falten oder entfalten</translation>
    </message>
    <message>
        <source>zoom in, out</source>
        <translation>vergrößern, verkleinern</translation>
    </message>
    <message>
        <source>pan left, right</source>
        <translation>nach links, rechts schieben</translation>
    </message>
    <message>
        <source>zoom to the selected task&apos;s life</source>
        <translation>zum Leben des gewählten Tasks</translation>
    </message>
    <message>
        <source>bring the cursor into sight</source>
        <translation>den Cursor in Sicht bringen</translation>
    </message>
    <message>
        <source>select the task above, below</source>
        <translation>Task darüber, darunter wählen</translation>
    </message>
    <message>
        <source>scroll the tracks</source>
        <translation>Spuren rollen</translation>
    </message>
    <message>
        <source>fold the selected task; its loop</source>
        <translation>Task falten; seine Schleife</translation>
    </message>
    <message>
        <source>mark the cursor; remove the mark</source>
        <translation>Cursor markieren; Marke entfernen</translation>
    </message>
    <message>
        <source>go to the mark before, behind</source>
        <translation>zur Marke davor, dahinter</translation>
    </message>
    <message>
        <source>measure from here to the cursor</source>
        <translation>von hier bis zum Cursor messen</translation>
    </message>
    <message>
        <source>Measure from here to the cursor</source>
        <translation>Von hier bis zum Cursor messen</translation>
    </message>
    <message>
        <source>axis of time, or of steps</source>
        <translation>Achse der Zeit oder der Schritte</translation>
    </message>
    <message>
        <source>height of rows</source>
        <translation>Höhe der Zeilen</translation>
    </message>
    <message>
        <source>select the task, put the cursor there</source>
        <translation>Task wählen, Cursor dorthin</translation>
    </message>
    <message>
        <source>pan; on the ruler, move the cursor</source>
        <translation>schieben; auf dem Lineal den Cursor</translation>
    </message>
    <message>
        <source>zoom to the stretch; so does the right button</source>
        <translation>auf die Strecke zoomen; ebenso rechte Taste</translation>
    </message>
    <message>
        <source>measure the stretch</source>
        <translation>die Strecke messen</translation>
    </message>
    <message>
        <source>what can be done with the panel</source>
        <translation>was das Feld anbietet</translation>
    </message>
    <message>
        <source>zoom to the span; on a name, to the task&apos;s life</source>
        <translation>zum Abschnitt; am Namen zum Task</translation>
    </message>
    <message>
        <source>zoom at the pointer</source>
        <translation>am Zeiger zoomen</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Task</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>waits for</source>
        <translation>wartet auf</translation>
    </message>
    <message>
        <source>from, s</source>
        <translation>von, s</translation>
    </message>
    <message>
        <source>to, s</source>
        <translation>bis, s</translation>
    </message>
    <message>
        <source>for, s</source>
        <translation>Dauer, s</translation>
    </message>
    <message>
        <source>Measured: %1.</source>
        <translation>Gemessen: %1.</translation>
    </message>
    <message>
        <source>before %1</source>
        <translation>vor %1</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::TopBar</name>
    <message>
        <source>Menu: scenarios, files, panels, theme</source>
        <translation>Menü: Szenarien, Dateien, Felder, Farbschema</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>First event</source>
        <translation>Erstes Ereignis</translation>
    </message>
    <message>
        <source>Other ways back</source>
        <translation>Andere Wege zurück</translation>
    </message>
    <message>
        <source>Other ways to step</source>
        <translation>Andere Wege voran</translation>
    </message>
    <message>
        <source>Last event</source>
        <translation>Letztes Ereignis</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>How fast Run walks</source>
        <translation>Wie schnell Lauf vorangeht</translation>
    </message>
    <message>
        <source>Search tasks, lines, events</source>
        <translation>Tasks, Zeilen, Ereignisse suchen</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Speed %1</source>
        <translation>Tempo %1</translation>
    </message>
    <message>
        <source>Awaitscope</source>
        <translation>Awaitscope</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Search    /</source>
        <translation>Suchen    /</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::Tour</name>
    <message>
        <source>Walk</source>
        <translation>Gehen</translation>
    </message>
    <message>
        <source>Run, step forwards and back. Stepping never touches the program: it moves over what was recorded. The arrows beside Step offer other ways, Ctrl+G goes to any moment.</source>
        <translation>Lauf, Schritte voran und zurück. Schritte berühren das Programm nie: sie gehen über das Aufgezeichnete. Die Pfeile neben Schritt bieten andere Wege, Strg+G führt zu jedem Augenblick.</translation>
    </message>
    <message>
        <source>The story</source>
        <translation>Die Geschichte</translation>
    </message>
    <message>
        <source>What the loop just did, and why. It asks before it shows: guess first, your answers are kept.</source>
        <translation>Was die Schleife gerade getan hat, und warum. Sie fragt, bevor sie zeigt: raten Sie zuerst, Ihre Antworten bleiben erhalten.</translation>
    </message>
    <message>
        <source>The timeline</source>
        <translation>Die Zeitachse</translation>
    </message>
    <message>
        <source>A track for each task: solid when it runs, thin when it is ready, hatched when it waits. All panels show the moment of the red line; click anywhere to move it.</source>
        <translation>Eine Spur für jeden Task: voll, wenn er läuft, dünn, wenn er bereit ist, schraffiert, wenn er wartet. Alle Felder zeigen den Augenblick der roten Linie; klicken Sie irgendwohin, um sie zu bewegen.</translation>
    </message>
    <message>
        <source>What people expect</source>
        <translation>Was man erwartet</translation>
    </message>
    <message>
        <source>The same moment in a program that does behave as most people think.</source>
        <translation>Derselbe Augenblick in einem Programm, das sich wirklich so verhält, wie die meisten denken.</translation>
    </message>
    <message>
        <source>The source</source>
        <translation>Die Quelle</translation>
    </message>
    <message>
        <source>The line where the program stands, in Python and in C++.</source>
        <translation>Die Zeile, an der das Programm steht, in Python und in C++.</translation>
    </message>
    <message>
        <source>The loop</source>
        <translation>Die Schleife</translation>
    </message>
    <message>
        <source>What is ready to run, which timers are set, what is watched.</source>
        <translation>Was bereit ist, welche Timer gestellt sind, was beobachtet wird.</translation>
    </message>
    <message>
        <source>The selected task</source>
        <translation>Der gewählte Task</translation>
    </message>
    <message>
        <source>What it does, whom it waits for, and where its time went.</source>
        <translation>Was er tut, auf wen er wartet, und wohin seine Zeit ging.</translation>
    </message>
    <message>
        <source>Begin here</source>
        <translation>Beginnen Sie hier</translation>
    </message>
    <message>
        <source>Choose a scenario to learn, attach to a running program, or open a recording.</source>
        <translation>Wählen Sie ein Szenario, um zu lernen, hängen Sie an ein laufendes Programm an, oder öffnen Sie eine Aufzeichnung.</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Next  (%1 of %2)</source>
        <translation>Weiter  (%1 von %2)</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::TraceChart</name>
    <message>
        <source>%1: at most %2</source>
        <translation>%1: höchstens %2</translation>
    </message>
    <message>
        <source>, at the cursor %1</source>
        <translation>, am Cursor %1</translation>
    </message>
    <message>
        <source>from, s</source>
        <translation>von, s</translation>
    </message>
    <message>
        <source>to, s</source>
        <translation>bis, s</translation>
    </message>
    <message>
        <source>from %1, for %2</source>
        <translation>von %1, für %2</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::TraceSession</name>
    <message>
        <source>Reading was stopped at %1 %. What was read until then is here.</source>
        <translation>Das Lesen wurde bei %1 % angehalten. Was bis dahin gelesen wurde, ist da.</translation>
    </message>
    <message>
        <source>Reading was stopped. What was read until then is here.</source>
        <translation>Das Lesen wurde angehalten. Was bis dahin gelesen wurde, ist da.</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::WelcomePage</name>
    <message>
        <source>Awaitscope</source>
        <translation>Awaitscope</translation>
    </message>
    <message>
        <source>See an event loop at work: every task, every await, step by step, forwards and back.</source>
        <translation>Sehen Sie einer Ereignisschleife bei der Arbeit zu: jedem Task, jedem await, Schritt für Schritt, voran und zurück.</translation>
    </message>
    <message>
        <source>LOOK AT YOUR OWN PROGRAM</source>
        <translation>IHR EIGENES PROGRAMM ANSEHEN</translation>
    </message>
    <message>
        <source>1.  Link it to the runtime</source>
        <translation>1.  An die Laufzeitbibliothek binden</translation>
    </message>
    <message>
        <source>2.  Start it instrumented</source>
        <translation>2.  Instrumentiert starten</translation>
    </message>
    <message>
        <source>3.  Attach to it, here or by</source>
        <translation>3.  Anhängen, hier oder mit</translation>
    </message>
    <message>
        <source>It costs one predictable branch an event while switched off, and keeps running when this window closes.</source>
        <translation>Es kostet abgeschaltet eine vorhersagbare Verzweigung je Ereignis, und läuft weiter, wenn dieses Fenster schließt.</translation>
    </message>
    <message>
        <source>RUNNING PROGRAMS</source>
        <translation>LAUFENDE PROGRAMME</translation>
    </message>
    <message>
        <source>RECORDINGS</source>
        <translation>AUFZEICHNUNGEN</translation>
    </message>
    <message>
        <source>Open a file...</source>
        <translation>Eine Datei öffnen ...</translation>
    </message>
    <message>
        <source>or drop a recording anywhere in this window</source>
        <translation>oder legen Sie eine Aufzeichnung irgendwo in diesem Fenster ab</translation>
    </message>
    <message>
        <source>None is running now</source>
        <translation>Zur Zeit läuft keines</translation>
    </message>
    <message>
        <source>Instrumented programs of yours appear here by themselves as soon as they start.</source>
        <translation>Ihre instrumentierten Programme erscheinen hier von selbst, sobald sie starten.</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Anhängen</translation>
    </message>
    <message>
        <source>Attach to %1, pid %2</source>
        <translation>An %1 anhängen, PID %2</translation>
    </message>
    <message>
        <source>pid %1  ·  %2</source>
        <translation>PID %1  ·  %2</translation>
    </message>
    <message>
        <source>1 task</source>
        <translation>1 Task</translation>
    </message>
    <message>
        <source>%1 tasks</source>
        <translation>%1 Tasks</translation>
    </message>
    <message>
        <source>  ·  %1 events/s</source>
        <translation>  ·  %1 Ereignisse/s</translation>
    </message>
    <message>
        <source>Nothing opened yet</source>
        <translation>Noch nichts geöffnet</translation>
    </message>
    <message>
        <source>Make one with:  awaitscope record PID -o run.awaitscope</source>
        <translation>Machen Sie eine mit:  awaitscope record PID -o lauf.awaitscope</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open what %1, pid %2, left behind</source>
        <translation>Öffnen, was %1, PID %2, hinterlassen hat</translation>
    </message>
    <message>
        <source>ENDED</source>
        <translation>BEENDET</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::WindowActions</name>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Run on, step by step, or pause</source>
        <translation>Weiterlaufen, Schritt für Schritt, oder anhalten</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Go to the next time a task runs</source>
        <translation>Zum nächsten Mal gehen, dass ein Task läuft</translation>
    </message>
    <message>
        <source>Step back</source>
        <translation>Schritt zurück</translation>
    </message>
    <message>
        <source>Go back to the time a task ran before</source>
        <translation>Zum vorigen Mal zurückgehen, dass ein Task lief</translation>
    </message>
    <message>
        <source>Next turn of the loop</source>
        <translation>Nächste Runde der Schleife</translation>
    </message>
    <message>
        <source>Go to the loop&apos;s next turn</source>
        <translation>Zur nächsten Runde der Schleife gehen</translation>
    </message>
    <message>
        <source>Previous turn of the loop</source>
        <translation>Vorige Runde der Schleife</translation>
    </message>
    <message>
        <source>Go to the loop&apos;s previous turn</source>
        <translation>Zur vorigen Runde der Schleife gehen</translation>
    </message>
    <message>
        <source>Next output</source>
        <translation>Nächste Ausgabe</translation>
    </message>
    <message>
        <source>Go to what is printed next</source>
        <translation>Zur nächsten Ausgabe gehen</translation>
    </message>
    <message>
        <source>Previous output</source>
        <translation>Vorige Ausgabe</translation>
    </message>
    <message>
        <source>Go to what was printed before</source>
        <translation>Zur vorigen Ausgabe gehen</translation>
    </message>
    <message>
        <source>Next event</source>
        <translation>Nächstes Ereignis</translation>
    </message>
    <message>
        <source>Go to the next event of the log</source>
        <translation>Zum nächsten Ereignis des Protokolls gehen</translation>
    </message>
    <message>
        <source>Previous event</source>
        <translation>Voriges Ereignis</translation>
    </message>
    <message>
        <source>Go to the event of the log before</source>
        <translation>Zum vorigen Ereignis des Protokolls gehen</translation>
    </message>
    <message>
        <source>Next step of the selected task</source>
        <translation>Nächster Schritt des gewählten Tasks</translation>
    </message>
    <message>
        <source>Go to the next time the selected task runs</source>
        <translation>Zum nächsten Mal gehen, dass der gewählte Task läuft</translation>
    </message>
    <message>
        <source>Previous step of the selected task</source>
        <translation>Voriger Schritt des gewählten Tasks</translation>
    </message>
    <message>
        <source>Go back to the time the selected task ran before</source>
        <translation>Zum vorigen Mal zurückgehen, dass der gewählte Task lief</translation>
    </message>
    <message>
        <source>Next finding</source>
        <translation>Nächster Befund</translation>
    </message>
    <message>
        <source>Go to what was found next</source>
        <translation>Zum nächsten Befund gehen</translation>
    </message>
    <message>
        <source>Previous finding</source>
        <translation>Voriger Befund</translation>
    </message>
    <message>
        <source>Go to what was found before</source>
        <translation>Zum vorigen Befund gehen</translation>
    </message>
    <message>
        <source>First event</source>
        <translation>Erstes Ereignis</translation>
    </message>
    <message>
        <source>Go to the beginning</source>
        <translation>Zum Anfang gehen</translation>
    </message>
    <message>
        <source>Last event</source>
        <translation>Letztes Ereignis</translation>
    </message>
    <message>
        <source>Go to the end</source>
        <translation>Zum Ende gehen</translation>
    </message>
    <message>
        <source>Go to...</source>
        <translation>Gehe zu ...</translation>
    </message>
    <message>
        <source>Go to a time, an event, a turn or a task</source>
        <translation>Zu einer Zeit, einem Ereignis, einer Runde oder einem Task gehen</translation>
    </message>
    <message>
        <source>Run step by step</source>
        <translation>Lauf Schritt für Schritt</translation>
    </message>
    <message>
        <source>Run gives each step the same time</source>
        <translation>Lauf gibt jedem Schritt gleich viel Zeit</translation>
    </message>
    <message>
        <source>Run as time passed</source>
        <translation>Lauf, wie die Zeit verging</translation>
    </message>
    <message>
        <source>Run lets the program&apos;s own time pass</source>
        <translation>Lauf lässt die Zeit des Programms vergehen</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Keep up with what is live</source>
        <translation>Mit dem, was live ist, Schritt halten</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Show the whole time</source>
        <translation>Die ganze Zeit zeigen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search tasks, lines, events</source>
        <translation>Tasks, Zeilen, Ereignisse suchen</translation>
    </message>
    <message>
        <source>Clear selection and search</source>
        <translation>Auswahl und Suche löschen</translation>
    </message>
    <message>
        <source>Clear the search, then the selection</source>
        <translation>Die Suche löschen, dann die Auswahl</translation>
    </message>
    <message>
        <source>Open a file...</source>
        <translation>Eine Datei öffnen ...</translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation>Eine Aufzeichnung öffnen</translation>
    </message>
    <message>
        <source>Attach...</source>
        <translation>Anhängen ...</translation>
    </message>
    <message>
        <source>Attach to a running program</source>
        <translation>An ein laufendes Programm anhängen</translation>
    </message>
    <message>
        <source>Record to a file...</source>
        <translation>In eine Datei aufzeichnen ...</translation>
    </message>
    <message>
        <source>Record the attached program into a file</source>
        <translation>Das Programm in eine Datei aufzeichnen</translation>
    </message>
    <message>
        <source>Copy the panel&apos;s picture</source>
        <translation>Bild des Feldes kopieren</translation>
    </message>
    <message>
        <source>Put a picture of the panel on the clipboard</source>
        <translation>Ein Bild des Feldes in die Zwischenablage legen</translation>
    </message>
    <message>
        <source>Copy the panel&apos;s table</source>
        <translation>Tabelle des Feldes kopieren</translation>
    </message>
    <message>
        <source>Put the panel&apos;s table on the clipboard, as a spreadsheet takes it</source>
        <translation>Die Tabelle des Feldes in die Zwischenablage legen, wie eine Tabellenkalkulation sie nimmt</translation>
    </message>
    <message>
        <source>Save the panel&apos;s picture...</source>
        <translation>Bild des Feldes speichern ...</translation>
    </message>
    <message>
        <source>Write a picture of the panel into a file</source>
        <translation>Ein Bild des Feldes in eine Datei schreiben</translation>
    </message>
    <message>
        <source>Print the panel...</source>
        <translation>Feld drucken ...</translation>
    </message>
    <message>
        <source>Print the panel</source>
        <translation>Das Feld drucken</translation>
    </message>
    <message>
        <source>New window</source>
        <translation>Neues Fenster</translation>
    </message>
    <message>
        <source>Open another window</source>
        <translation>Ein weiteres Fenster öffnen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close what is open, then the window</source>
        <translation>Das Geöffnete schließen, dann das Fenster</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Close all windows</source>
        <translation>Alle Fenster schließen</translation>
    </message>
    <message>
        <source>Welcome page</source>
        <translation>Willkommensseite</translation>
    </message>
    <message>
        <source>Scenarios, running programs and recordings</source>
        <translation>Szenarien, laufende Programme und Aufzeichnungen</translation>
    </message>
    <message>
        <source>Reset the layout</source>
        <translation>Anordnung zurücksetzen</translation>
    </message>
    <message>
        <source>Put all panels back where they were at first</source>
        <translation>Alle Felder wieder dorthin stellen, wo sie zuerst waren</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>The manual</source>
        <translation>Das Handbuch</translation>
    </message>
    <message>
        <source>Show me around</source>
        <translation>Rundgang</translation>
    </message>
    <message>
        <source>A short tour of what is open</source>
        <translation>Ein kurzer Rundgang durch das Geöffnete</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Every key, on one page</source>
        <translation>Alle Tasten auf einer Seite</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Every command by its name</source>
        <translation>Jeder Befehl mit seinem Namen</translation>
    </message>
    <message>
        <source>About Awaitscope</source>
        <translation>Über Awaitscope</translation>
    </message>
    <message>
        <source>Version and licence</source>
        <translation>Version und Lizenz</translation>
    </message>
    <message>
        <source>Compare two recordings...</source>
        <translation>Zwei Aufzeichnungen vergleichen ...</translation>
    </message>
    <message>
        <source>See what became slower, what is new or gone</source>
        <translation>Sehen, was langsamer wurde, was neu oder verschwunden ist</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Go to what the search found next</source>
        <translation>Zum nächsten Treffer der Suche gehen</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Voriger Treffer</translation>
    </message>
    <message>
        <source>Go to what the search found before</source>
        <translation>Zum vorigen Treffer der Suche gehen</translation>
    </message>
    <message>
        <source>Frame times</source>
        <translation>Bildzeiten</translation>
    </message>
    <message>
        <source>Show in the timeline how long it takes to draw</source>
        <translation>In der Zeitleiste zeigen, wie lange das Zeichnen dauert</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>Lesen anhalten</translation>
    </message>
    <message>
        <source>Read no further: what has been read of the file stays open</source>
        <translation>Nicht weiterlesen: was von der Datei gelesen ist, bleibt offen</translation>
    </message>
    <message>
        <source>Open the part before</source>
        <translation>Den Teil davor öffnen</translation>
    </message>
    <message>
        <source>Open the part of the recording before the one that is open</source>
        <translation>Den Teil der Aufzeichnung vor dem offenen öffnen</translation>
    </message>
    <message>
        <source>Open the part behind</source>
        <translation>Den Teil dahinter öffnen</translation>
    </message>
    <message>
        <source>Open the part of the recording behind the one that is open</source>
        <translation>Den Teil der Aufzeichnung hinter dem offenen öffnen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Take back the last zoom, filter, search or folding</source>
        <translation>Den letzten Zoom, Filter, die letzte Suche oder Faltung zurücknehmen</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Do again what was taken back</source>
        <translation>Das Zurückgenommene wiederholen</translation>
    </message>
    <message>
        <source>The other run</source>
        <translation>Der andere Lauf</translation>
    </message>
    <message>
        <source>Go from the run that is to the one that is expected, and back</source>
        <translation>Vom Lauf, wie er ist, zum erwarteten gehen, und zurück</translation>
    </message>
    <message>
        <source>Draw everything larger</source>
        <translation>Alles größer zeichnen</translation>
    </message>
    <message>
        <source>Larger words, panels and pictures</source>
        <translation>Größere Wörter, Felder und Bilder</translation>
    </message>
    <message>
        <source>Draw everything smaller</source>
        <translation>Alles kleiner zeichnen</translation>
    </message>
    <message>
        <source>Smaller words, panels and pictures</source>
        <translation>Kleinere Wörter, Felder und Bilder</translation>
    </message>
    <message>
        <source>Draw everything at its normal size</source>
        <translation>Alles in gewöhnlicher Größe zeichnen</translation>
    </message>
    <message>
        <source>As large as at first</source>
        <translation>So groß wie am Anfang</translation>
    </message>
    <message>
        <source>Open a part of a recording...</source>
        <translation>Teil einer Aufzeichnung öffnen ...</translation>
    </message>
    <message>
        <source>Open what lies from one time to another, of a recording of any size</source>
        <translation>Öffnen, was zwischen zwei Zeiten liegt, von einer Aufzeichnung beliebiger Größe</translation>
    </message>
    <message>
        <source>Open the line in your editor</source>
        <translation>Die Zeile im eigenen Editor öffnen</translation>
    </message>
    <message>
        <source>Open the line that the Source panel marks in your own editor</source>
        <translation>Die Zeile, die der Quelltext markiert, im eigenen Editor öffnen</translation>
    </message>
</context>
<context>
    <name>awaitscope::ui::Workspace</name>
    <message>
        <source>Story</source>
        <translation>Geschichte</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>Diagramme</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Schleife</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>Await graph</source>
        <translation>Wartegraph</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Nothing has happened yet. Tasks appear here as soon as the program&apos;s loop runs.</source>
        <translation>Noch ist nichts geschehen. Tasks erscheinen hier, sobald die Schleife des Programms läuft.</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>A track for each task: when it ran, was ready to run, or waited, and what for. The line is the cursor, which all panels share; what comes after it is dimmed.</source>
        <translation>Eine Spur für jeden Task: wann er lief, bereit war oder wartete, und worauf. Die Linie ist der Cursor, den alle Felder teilen; was nach ihm kommt, ist blass.</translation>
    </message>
    <message>
        <source>Primitives</source>
        <translation>Primitive</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Findings (%1)</source>
        <translation>Befunde (%1)</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>Marken</translation>
    </message>
    <message>
        <source>What many expect</source>
        <translation>Was viele erwarten</translation>
    </message>
    <message>
        <source>People think: %1.</source>
        <translation>Man denkt: %1.</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>bei %1</translation>
    </message>
</context>
</TS>
