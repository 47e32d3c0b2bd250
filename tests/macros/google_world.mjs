// A Google spreadsheet for scripts under test: node google_world.mjs < {"sources", "sheets", "active", "call"}.
//
// It has what the script may use and nothing else: whatever else is asked for, and any writing, is an error.

import fs from 'node:fs';
import vm from 'node:vm';

const {sources, sheets, active, call} = JSON.parse(fs.readFileSync(0, 'utf8'));
const seen = {menu: [], alerts: [], active, selected: []};

function strict(name, members) {
  return new Proxy(members, {
    get(target, key) {
      if (typeof key === 'symbol' || key in target) return target[key];
      throw new Error(`${name}.${key} is not in this world`);
    },
    set(_, key) {
      throw new Error(`${name}.${String(key)} may not be written`);
    },
  });
}

function menu(title) {
  const items = [];
  const made = strict('Menu', {
    addItem(caption, act) {
      items.push([caption, act]);
      return made;
    },
    addToUi() {
      seen.menu.push([title, items]);
    },
  });
  return made;
}

const ui = strict('Ui', {
  createMenu: menu,
  ButtonSet: strict('ButtonSet', {OK: 'OK'}),
  alert(title, text, buttons) {
    if (buttons !== 'OK') throw new Error('an alert without its button');
    seen.alerts.push([title, text]);
  },
});

const tabs = sheets.map(({name, values}) => {
  const width = Math.max(...values.map(row => row.length));
  const filled = values.map(row => [...row, ...Array(width - row.length).fill('')]);
  const tab = strict('Sheet', {
    getDataRange: () => strict('Range', {getDisplayValues: () => filled}),
    getRangeList: cells => strict('RangeList', {
      activate() {
        if (seen.active !== name) throw new Error('cells of a sheet that is not in front');
        seen.selected = [...cells];
      },
    }),
    activate() {
      seen.active = name;
    },
  });
  return [name, tab];
});

const spreadsheet = strict('Spreadsheet', {
  getActiveSheet: () => tabs.find(([name]) => name === active)[1],
  getSheets: () => tabs.map(([, tab]) => tab),
});

const world = vm.createContext({
  SpreadsheetApp: strict('SpreadsheetApp', {getUi: () => ui, getActiveSpreadsheet: () => spreadsheet}),
});
for (const source of sources) vm.runInContext(fs.readFileSync(source, 'utf8'), world, {filename: source});
const functions = Object.keys(world).filter(name => typeof world[name] === 'function');
if (call) world[call]();
console.log(JSON.stringify({...seen, functions}));
