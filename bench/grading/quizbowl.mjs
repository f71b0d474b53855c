// Grades texts with qb-answer-checker. Argument: the package's folder. Input: {"line", "texts", "repeats"} as JSON.
// Output: {"out": a directive for each text, "spent": CPU seconds of the quickest of the repeats}.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const { default: checkAnswer } = await import(pathToFileURL(`${process.argv[2]}/src/check-answer.js`));
const jobs = JSON.parse(readFileSync(0, 'utf8'));
const seconds = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };

const graded = jobs.map(({ line, texts, repeats }) => {
  let out = [];
  let spent = Infinity;
  for (let i = 0; i < repeats; i++) {
    const start = seconds();
    out = texts.map((text) => checkAnswer(line, text).directive);
    spent = Math.min(spent, seconds() - start);
  }
  return { out, spent };
});
console.log(JSON.stringify(graded));
